import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Changes, Project } from '../../contract/projects.ts'
import { ProcedureError } from '../../contract/result.ts'
import { projectOf } from '../../model/codex/repository.ts'
import type { SessionSummary } from '../../model/session/summary.ts'
import type { Db } from '../store/database.ts'
import { changesOf } from './changed-files.ts'
import { familiesOf, sumsOf } from './families.ts'
import { sessionList } from './session-list.ts'

const mostSessions = 10_000

/** Sessions that no other one started, by repository, else by folder; what they started counts with them. */
export function projectList(db: Db, params: ParsedParams<'project.list'>, silenceMs: number): Value<'project.list'> {
  const { fromMs, toMs, filters } = params
  if (!(fromMs < toMs)) throw new ProcedureError('bad_request', 'the range ends before it begins')
  const asked = { helpers: filters.helpers, limit: mostSessions, offset: 0, fromMs, toMs, filters }
  const { sessions } = sessionList(db, asked, silenceMs)
  const projects = new Map<string | null, (readonly SessionSummary[])[]>()
  for (const [root, family] of familiesOf(sessions)) {
    const name = projectOf(root)
    projects.set(name, [...(projects.get(name) ?? []), family])
  }
  const changes = changesOf(
    db,
    [...projects.values()].map((families) => families.flat()),
  )
  const rows = [...projects].map(([name, families], at) => rowOf(name, families, changes[at] ?? null))
  return { projects: rows.sort((a, b) => b.lastSeenAtMs - a.lastSeenAtMs) }
}

function rowOf(
  name: string | null,
  families: readonly (readonly SessionSummary[])[],
  changes: Changes | null,
): Project {
  const all = families.flat()
  const roots = [...families.map((family) => [...familiesOf(family).keys()][0])].filter((root) => root !== undefined)
  const latest = [...roots].sort((a, b) => b.lastSeenAtMs - a.lastSeenAtMs)
  const named = (of: (session: SessionSummary) => string | null): string[] => [
    ...new Set(latest.map(of).filter((one) => one !== null)),
  ]
  return {
    name,
    isRepository: roots.some(({ repository }) => repository !== null),
    branches: named(({ branch }) => branch),
    folders: named(({ folder }) => folder),
    sessions: families.length,
    helpers: all.length - families.length,
    startedAtMs: Math.min(...all.map(({ startedAtMs }) => startedAtMs)),
    lastSeenAtMs: Math.max(...all.map(({ lastSeenAtMs }) => lastSeenAtMs)),
    busyMs: roots.reduce((total, { busyMs }) => total + busyMs, 0),
    ...sumsOf(all),
    filesChanged: changes?.filesChanged ?? null,
    linesAdded: changes?.linesAdded ?? null,
    linesRemoved: changes?.linesRemoved ?? null,
  }
}
