import type { CommandResults } from '../contract/commands.ts'
import type { Params } from '../contract/index.ts'
import { lastOf, sessionName } from '../contract/session-name.ts'
import { shortDuration } from '../contract/short-words.ts'
import { openReading } from '../engine/reading/index.ts'
import type { SessionsOptions } from './options/sessions.ts'
import { answer } from './print.ts'
import { styled, type Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'
import { tableLines, type Column } from './text/table.ts'
import { costWords, momentWords, shortId, stateWords } from './text/words.ts'

type Listed = CommandResults['sessions']
type Session = Listed['sessions'][number]

/** Lists sessions, the newest first. */
export async function sessions(options: SessionsOptions): Promise<void> {
  const nowMs = Date.now()
  const listed = await list(options, nowMs)
  answer('sessions', listed, options.json, (value, screen) => sessionLines(value, screen, nowMs))
}

/** What both the data folder and a team's store answer. */
interface Listing {
  readonly ask: (name: 'session.list', params: Params<'session.list'>) => Promise<Listed>
  readonly projectsAt: (folder: string) => readonly string[] | Promise<readonly string[]>
  readonly close: () => void | Promise<void>
}

async function open({ dataDir, askedTeam }: SessionsOptions): Promise<Listing> {
  if (askedTeam === null) return openReading(dataDir)
  // Nobody else pays for a team's store.
  const { openTeamReading } = await import('../team/questions/reading.ts')
  return openTeamReading(askedTeam, askedTeam.factsDatabase)
}

async function list(options: SessionsOptions, nowMs: number): Promise<Listed> {
  const { since, project, helpers, limit, words } = options
  const reading = await open(options)
  try {
    const projects = project === null ? null : await reading.projectsAt(project)
    if (projects?.length === 0) return { sessions: [], total: 0 }
    return await reading.ask('session.list', {
      helpers,
      limit,
      ...(words === '' ? {} : { search: words }),
      ...(since === null ? {} : { fromMs: since(nowMs) }),
      // A filter takes so many values.
      ...(projects === null ? {} : { filters: { project: projects.slice(0, 200), helpers } }),
    })
  } finally {
    await reading.close()
  }
}

export function sessionLines({ sessions: listed, total }: Listed, screen: Screen, nowMs: number): Line[] {
  if (listed.length === 0) return [['No session fits.']]
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
    { head: 'worked', cell: ({ busyMs }) => shortDuration(busyMs), right: true },
    { head: 'cost', cell: costWords, right: true },
    { head: 'id', cell: ({ id }) => styled('dim', shortId(id)) },
  ]
  const more = total - listed.length
  return [
    ...tableLines(listed, columns, screen),
    ...(more > 0 ? [[styled('dim', `… ${String(more)} more: --limit shows them`)]] : []),
  ]
}
