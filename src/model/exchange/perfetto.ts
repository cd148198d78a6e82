import type { TreeRow } from '../tree/row.ts'
import { sessionName } from '../session/name.ts'
import type { ExportedSummary } from './session-file.ts'
import { assignLanes } from './lanes.ts'

/** An event of the Trace Event Format, which Perfetto and Chrome read. Times are microseconds. */
export interface TraceEvent {
  readonly name: string
  readonly ph: 'X' | 'M'
  readonly pid: number
  readonly tid: number
  readonly cat?: string
  readonly ts?: number
  readonly dur?: number
  readonly args: Readonly<Record<string, unknown>>
}

/** Raw spans stand in process groups of their own, behind those of the sessions. */
export const rawPid = 1000

export function microseconds(ms: number): number {
  return rounded(ms * 1e3)
}

/** To nanoseconds: what lies behind is the noise of the subtraction. */
export function rounded(us: number): number {
  return Math.round(us * 1e3) / 1e3
}

/** The folded rows of all sessions, a process each; an open row lasts to the end of the trace. */
export function rowEvents(
  rows: readonly TreeRow[],
  sessions: readonly ExportedSummary[],
  { startMs, endMs }: { startMs: number; endMs: number },
): TraceEvent[] {
  const indexes = new Map(rows.map((row, i) => [row.id, i]))
  const events: TraceEvent[] = []
  sessions.forEach((session, i) => {
    const pid = i + 1
    const own = rows.filter((row) => row.sessionId === session.id)
    const positions = new Map(own.map((row, at) => [indexes.get(row.id), at]))
    const start = Float64Array.from(own, (row) => microseconds(row.startMs - startMs))
    const end = Float64Array.from(own, (row) =>
      microseconds((row.durationMs === null ? endMs : row.startMs + row.durationMs) - startMs),
    )
    const parent = Int32Array.from(own, (row) => positions.get(indexes.get(row.parentId ?? '') ?? -1) ?? -1)
    const lanes = assignLanes({ start, end, parent })
    events.push(...groupNames(pid, `${session.kind}: ${sessionName(session)}`, lanes))
    own.forEach((row, at) => {
      const name = row.detail === '' ? row.label : `${row.label}: ${row.detail}`.slice(0, 200)
      const args = { ...rowArgs(row), openEnded: row.durationMs === null, ...(row.atMost && { atMost: true }) }
      events.push({
        name,
        ph: 'X',
        cat: row.kind,
        pid,
        tid: (lanes[at] ?? 0) + 1,
        ts: start[at] ?? 0,
        dur: rounded((end[at] ?? 0) - (start[at] ?? 0)),
        args,
      })
    })
  })
  return events
}

function rowArgs(row: TreeRow): Record<string, unknown> {
  const parts: Record<string, number> = {}
  for (const { kind, durationMs } of row.parts) parts[`${kind}_ms`] = (parts[`${kind}_ms`] ?? 0) + durationMs
  const { kind, status, note, spanCount, turnId, callId, sessionId } = row
  return { kind, status, note, spanCount, sessionId, turnId, callId, ...parts }
}

/** Names of the lanes and of the process group. */
export function groupNames(pid: number, name: string, lanes: Uint32Array): TraceEvent[] {
  const count = lanes.reduce((most, lane) => Math.max(most, lane + 1), 0)
  return [
    { name: 'process_name', ph: 'M', pid, tid: 0, args: { name } },
    { name: 'process_sort_index', ph: 'M', pid, tid: 0, args: { sort_index: pid } },
    ...Array.from({ length: count }, (_, lane): TraceEvent => {
      return { name: 'thread_name', ph: 'M', pid, tid: lane + 1, args: { name: `lane ${lane + 1}` } }
    }),
  ]
}
