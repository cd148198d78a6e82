import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Project } from '../../contract/projects.ts'
import { ProcedureError } from '../../contract/result.ts'
import { projectOf } from '../../model/codex/repository.ts'
import type { SessionSummary } from '../../model/session/summary.ts'
import type { Db } from '../store/database.ts'
import { familiesOf, sumsOf } from './families.ts'
import { sessionList } from './session-list.ts'

const mostSessions = 10_000

interface Changes {
  readonly files: number
  readonly added: number
  readonly removed: number
}

/** Sessions that no other one started, by repository, else by folder; what they started counts with them. */
export function projectList(db: Db, params: ParsedParams<'project.list'>, silenceMs: number): Value<'project.list'> {
  const { fromMs, toMs, filters } = params
  if (!(fromMs < toMs)) throw new ProcedureError('bad_request', 'the range ends before it begins')
  const asked = { helpers: filters.helpers, limit: mostSessions, offset: 0, fromMs, toMs, filters }
  const { sessions } = sessionList(db, asked, silenceMs)
  const changes = changesOf(db, sessions)
  const projects = new Map<string | null, (readonly SessionSummary[])[]>()
  for (const [root, family] of familiesOf(sessions)) {
    const name = projectOf(root)
    projects.set(name, [...(projects.get(name) ?? []), family])
  }
  const rows = [...projects].map(([name, families]) => rowOf(name, families, changes))
  return { projects: rows.sort((a, b) => b.lastSeenAtMs - a.lastSeenAtMs) }
}

function rowOf(
  name: string | null,
  families: readonly (readonly SessionSummary[])[],
  changes: ReadonlyMap<string, Changes>,
): Project {
  const all = families.flat()
  const roots = [...families.map((family) => [...familiesOf(family).keys()][0])].filter((root) => root !== undefined)
  const latest = [...roots].sort((a, b) => b.lastSeenAtMs - a.lastSeenAtMs)
  const told = all.flatMap(({ id }) => changes.get(id) ?? [])
  const sum = (of: (change: Changes) => number): number | null =>
    told.length === 0 ? null : told.reduce((total, change) => total + of(change), 0)
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
    filesChanged: sum(({ files }) => files),
    linesAdded: sum(({ added }) => added),
    linesRemoved: sum(({ removed }) => removed),
  }
}

/** What the patches of sessions changed; those that only the telemetry tells of are left out, for it does not say. */
function changesOf(db: Db, sessions: readonly SessionSummary[]): ReadonlyMap<string, Changes> {
  const ids = sessions.filter(({ witness }) => witness !== 'telemetry').map(({ id }) => id)
  const rows = db
    .prepare<[string], Changes & { readonly id: string }>(
      `SELECT id, coalesce(sum(files), 0) AS files, coalesce(sum(added), 0) AS added, coalesce(sum(removed), 0) AS removed FROM (
         SELECT value AS id, call_id, max(files_changed) AS files, max(lines_added) AS added, max(lines_removed) AS removed
         FROM json_each(?) LEFT JOIN rollout ON session_id = value
           LEFT JOIN file_tool ON file_tool.file = rollout.file AND files_changed NOT NULL AND item_state = 'ok'
         GROUP BY value, call_id)
       GROUP BY id`,
    )
    .all(JSON.stringify(ids))
  return new Map(rows.map(({ id, ...changes }) => [id, changes]))
}
