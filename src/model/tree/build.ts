import { visible } from '../visible.ts'
import { assignSpans } from './assign.ts'
import type { DraftRow, SessionRows } from './draft.ts'
import type { SessionFacts, TreeFacts } from './facts.ts'
import type { TreeRow } from './row.ts'
import { sessionRows, turnAround } from './session-rows.ts'
import type { SpanColumns } from './spans.ts'
import { joined, untimedWords } from './words.ts'

export interface Tree {
  /** In display order: parents before children, children by start. */
  readonly rows: readonly TreeRow[]
  /** For each raw span the index of its row in `rows`; -1 for a span of another session that shares a trace. */
  readonly rowOfSpan: Int32Array
  readonly spanCount: number
  readonly startMs: number
  readonly endMs: number
}

/**
 * Folds a session's facts and raw spans into rows: session_loop › turn › api_call, tool_call, compaction, with nested calls and
 * sub-agents below the call that made them. A pure function of the two sets; every raw span is counted in one row.
 */
export function buildTree(facts: TreeFacts, spans: SpanColumns): Tree {
  const sessions = new Map<string, SessionRows>()
  for (const session of facts.sessions) sessions.set(session.id, sessionRows(session))
  for (const rows of sessions.values())
    if (rows.session.id !== facts.rootId) rows.root.parent = parentOfHelper(rows, sessions, facts.rootId)

  const assigned = assignSpans(spans, sessions)
  let spanCount = 0
  for (const row of assigned) {
    if (row === null) continue
    row.spanCount++
    spanCount++
  }

  const ordered = inDisplayOrder([...sessions.values()].flatMap(({ all }) => all))
  const untimed = untimedRows(ordered)
  const indexes = new Map(ordered.map((row, i) => [row, i]))
  const rowOfSpan = Int32Array.from(assigned, (row) => (row === null ? -1 : (indexes.get(row) ?? -1)))
  const toMs = (ns: number): number => facts.baseMs + ns / 1e6
  const ends = facts.sessions.map(({ lastAt }) => lastAt)
  const within = ordered.filter(({ isApart }) => isApart !== true)
  for (const { end, start } of within) ends.push(end ?? start)
  return {
    rows: ordered.map((row) => finish(row, toMs, untimed.has(row))),
    rowOfSpan,
    spanCount,
    startMs: toMs(within.reduce((first, { start }) => Math.min(first, start), Infinity)),
    endMs: toMs(ends.reduce((last, end) => Math.max(last, end), -Infinity)),
  }
}

/**
 * Below the call that asked for it: the reviewed call, or the call that was running when the sub-agent was spawned. Else below the
 * turn of that moment, else below the parent's root.
 */
function parentOfHelper(
  { session, root }: SessionRows,
  sessions: ReadonlyMap<string, SessionRows>,
  rootId: string,
): DraftRow | null {
  const parent = sessions.get(session.parentId ?? '') ?? sessions.get(rootId)
  if (parent === undefined || parent.root === root) return null
  const asked = session.parentCallId === null ? undefined : parent.byCallId.get(session.parentCallId)
  if (asked !== undefined) return asked
  return spawningCall(session, parent) ?? turnAround(parent.turns, session.spawnAt ?? session.firstAt) ?? parent.root
}

function spawningCall({ spawnAt }: SessionFacts, parent: SessionRows): DraftRow | null {
  if (spawnAt === null) return null
  const around = parent.all
    .filter(({ kind, label, start, end }) => {
      const isSpawn = kind === 'tool_call' && label.includes('spawn')
      return isSpawn && start <= spawnAt + 2e6 && (end === null || spawnAt <= end + 2e6)
    })
    .sort((a, b) => b.start - a.start)
  return around[0] ?? null
}

function inDisplayOrder(rows: readonly DraftRow[]): DraftRow[] {
  const children = new Map<DraftRow | null, DraftRow[]>()
  for (const row of rows) {
    const siblings = children.get(row.parent)
    if (siblings === undefined) children.set(row.parent, [row])
    else siblings.push(row)
  }
  for (const siblings of children.values()) siblings.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
  const ordered: DraftRow[] = []
  const stack = [...(children.get(null) ?? [])].reverse()
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    ordered.push(row)
    const below = children.get(row) ?? []
    for (let i = below.length - 1; i >= 0; i--) stack.push(below[i] as DraftRow)
  }
  return ordered
}

/** Those of which nothing tells how long they took, and what has no length but that of such: of it neither does anything. */
function untimedRows(ordered: readonly DraftRow[]): ReadonlySet<DraftRow> {
  const untimed = new Set<DraftRow>()
  const around = new Set<DraftRow>()
  const timed = new Set<DraftRow>()
  for (const row of ordered.toReversed()) {
    if (row.untimed === true || (row.end === row.start && around.has(row) && !timed.has(row))) untimed.add(row)
    if (row.parent !== null) (untimed.has(row) ? around : timed).add(row.parent)
  }
  return untimed
}

function finish(row: DraftRow, toMs: (ns: number) => number, untimed: boolean): TreeRow {
  return {
    id: row.id,
    parentId: row.parent?.id ?? null,
    kind: row.kind,
    label: visible(row.label),
    detail: visible(row.detail),
    startMs: toMs(row.start),
    durationMs: row.end === null ? null : Math.max(0, row.end - row.start) / 1e6,
    atMost: row.atMost === true,
    untimed,
    status: row.status,
    spanCount: row.spanCount,
    failures: row.failures,
    parts: row.parts.map(({ kind, start, end }) => ({ kind, startMs: toMs(start), durationMs: (end - start) / 1e6 })),
    note: untimed && row.untimed !== true ? joined([untimedWords, row.note]) : row.note,
    sessionId: row.sessionId,
    turnId: row.turnId,
    callId: row.callId,
  }
}
