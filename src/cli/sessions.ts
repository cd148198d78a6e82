import type { CommandResults } from '../contract/commands.ts'
import { lastOf, sessionName } from '../contract/session-name.ts'
import { isUntimed, plural, shortDuration } from '../contract/short-words.ts'
import { listedSessions, listParams, sessionsOfApps, type SessionsAsked } from '../engine/reading/listed-sessions.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import type { SessionsOptions } from './options/sessions.ts'
import type { TeamPlace } from './options/team.ts'
import { answer } from './print.ts'
import { styled, type Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'
import { tableLines, type Column } from './text/table.ts'
import { costWords, momentWords, shortId, stateWords } from './text/words.ts'

type Listed = CommandResults['sessions']
type Session = Listed['sessions'][number]

/** Lists sessions, the newest first. */
export async function sessions(options: SessionsOptions): Promise<void> {
  const { dataDir, askedTeam, since, project, helpers, limit, words, json } = options
  const nowMs = Date.now()
  const asked = { helpers, limit, words, folder: project, fromMs: since === null ? null : since(nowMs) }
  const [listed, ofApps] =
    askedTeam === null
      ? withFolder(dataDir, (db) => {
          const found = listedSessions(db, asked)
          return [found, found.total === 0 ? sessionsOfApps(db) : 0] as const
        })
      : [await sessionsOfTeam(askedTeam, asked), 0]
  answer('sessions', listed, json, (value, screen) =>
    value.sessions.length === 0 ? noneLines(asked, nowMs, ofApps) : sessionLines(value, screen, nowMs),
  )
}

async function sessionsOfTeam(team: TeamPlace, asked: SessionsAsked): Promise<Listed> {
  // Nobody else pays for a team's store.
  const { openTeamReading } = await import('../team/questions/reading.ts')
  const { Left, whileWaited } = await import('../team/waited-for.ts')
  const stopping = new AbortController()
  const stop = (): void => {
    stopping.abort()
  }
  // The server would go on with what nobody waits for. A second Ctrl-C waits for nothing.
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  return whileWaited(stopping.signal, async () => {
    const reading = await openTeamReading(team, team.factsDatabase)
    try {
      const projects = asked.folder === null ? null : await reading.projectsAt(asked.folder)
      if (projects?.length === 0) return { sessions: [], total: 0 }
      // A filter takes so many values.
      return await reading.ask('session.list', listParams(asked, projects?.slice(0, 200) ?? null))
    } finally {
      await reading.close()
    }
  }).catch((error: unknown) => {
    throw error instanceof Left ? new Error('stopped', { cause: error }) : error
  })
}

/** What was looked for, and what would show more; of applications other than Codex only the page has a list. */
export function noneLines({ words, folder, fromMs, helpers }: SessionsAsked, nowMs: number, ofApps: number): Line[] {
  const asked = [
    words === '' ? '' : ` about “${words}”`,
    folder === null ? '' : ` of the project at ${folder}`,
    fromMs === null ? '' : ` active since ${momentWords(fromMs, nowMs)}`,
  ].join('')
  const none = asked === '' ? 'There is no session yet.' : `There is no session${asked}.`
  if (asked === '' && ofApps > 0)
    return [
      ['There is no session of Codex yet.'],
      [`${plural(ofApps, 'session')} of other applications: Colophon’s page shows them under “GenAI apps”.`],
    ]
  return [[none], ...(helpers ? [] : [['Sub-agents and other helpers are left out: --helpers includes them.']])]
}

export function sessionLines({ sessions: listed, total }: Listed, screen: Screen, nowMs: number): Line[] {
  const columns: readonly Column<Session>[] = [
    { head: 'began', cell: ({ startedAtMs }) => momentWords(startedAtMs, nowMs) },
    { head: 'state', cell: ({ state }) => stateWords(state), from: 80 },
    { head: 'session', cell: sessionName, flexible: true },
    { head: 'project', cell: ({ repository, folder }) => lastOf(repository ?? folder ?? ''), from: 110 },
    { head: 'model', cell: ({ model }) => model ?? '–', from: 100 },
    { head: 'turns', cell: ({ turns }) => String(turns), right: true, from: 130 },
    {
      head: 'errors',
      cell: ({ errors }) => (errors === 0 ? '' : styled('red', String(errors))),
      right: true,
      from: 130,
    },
    { head: 'worked', cell: ({ wallMs, busyMs }) => (isUntimed(wallMs) ? '–' : shortDuration(busyMs)), right: true },
    { head: 'cost', cell: costWords, right: true },
    { head: 'id', cell: ({ id }) => styled('dim', shortId(id)) },
  ]
  const more = total - listed.length
  return [
    ...tableLines(listed, columns, screen),
    ...(more > 0 ? [[styled('dim', `… ${String(more)} more: --limit shows them`)]] : []),
  ]
}
