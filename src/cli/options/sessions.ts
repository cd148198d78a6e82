import { command } from '../command.ts'
import { count, folder, onOff } from '../option.ts'
import { UsageError } from '../usage-error.ts'
import { dataDir, json } from './common.ts'
import { since } from './since.ts'
import { factsDatabase, teamConnection, teamPlace, type TeamPlace } from './team.ts'

const ofTeam = { team: onOff('team', "list a team's instead, from its ClickHouse"), ...teamConnection, factsDatabase }

export const sessionsCommand = command(
  {
    operands: '[WORDS]',
    about: 'list sessions, newest first; WORDS are searched for in titles, prompts, folders and ids',
    examples: [
      ['colophon sessions --since 7d', 'of the last seven days'],
      ['colophon sessions --project . flaky test', 'of this project, about flaky tests'],
      ['colophon sessions --team --clickhouse https://clickhouse.example:8443 --user reader', "a team's"],
    ],
    options: {
      since: since('only sessions active since then', null),
      project: folder('project', 'only sessions of the project that DIR belongs to', null),
      helpers: onOff('helpers', 'include the sessions that Codex started itself'),
      limit: count('limit', 'at most N sessions (20)', 20),
      json,
      dataDir,
      ...ofTeam,
    },
  },
  (words, { team, ...place }): { words: string; askedTeam: TeamPlace | null } => {
    if (!team && place.url !== null) throw new UsageError('--clickhouse needs --team')
    return { words: words.join(' ').trim(), askedTeam: team ? teamPlace('sessions --team', place) : null }
  },
)

export type SessionsOptions = Omit<ReturnType<typeof sessionsCommand.read>, keyof typeof ofTeam>
