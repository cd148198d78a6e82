import { command } from '../command.ts'
import { count, folder, onOff } from '../option.ts'
import { UsageError } from '../usage-error.ts'
import { dataDir, json } from './common.ts'
import { since } from './since.ts'
import { factsDatabase, teamConnection, teamPlace, type TeamPlace } from './team.ts'

const ofTeam = { team: onOff('team', "a team's instead, from its ClickHouse"), ...teamConnection, factsDatabase }

export const sessionsCommand = command(
  {
    operands: '[WORDS]',
    about: 'list sessions, the newest first; WORDS are looked for in titles, prompts, folders and ids',
    examples: [
      ['colophon sessions --since 7d', 'those of the last seven days'],
      ['colophon sessions --project . flaky test', 'those of this project that are about flaky tests'],
      ['colophon sessions --team --clickhouse https://clickhouse.example:8443 --user reader', "a team's"],
    ],
    options: {
      since: since('only sessions that did anything since', null),
      project: folder('project', 'only of the project that DIR belongs to', null),
      helpers: onOff('helpers', 'with the sessions that Codex started on its own'),
      limit: count('limit', 'at most so many (20)', 20),
      json,
      dataDir,
      ...ofTeam,
    },
  },
  (words, { team, ...place }): { words: string; askedTeam: TeamPlace | null } => {
    if (!team && place.url !== null) throw new UsageError('--clickhouse is where a team is: it goes with --team')
    return { words: words.join(' ').trim(), askedTeam: team ? teamPlace('sessions --team', place) : null }
  },
)

export type SessionsOptions = Omit<ReturnType<typeof sessionsCommand.read>, keyof typeof ofTeam>
