import { isWork } from './gaps.ts'
import { endOf } from './hit.ts'
import { firstOver } from './session-data.ts'
import type { SessionData } from './session-data.ts'
import type { Scale } from './scale.ts'
import type { TreeRow } from '../../model/tree/row.ts'

/** OTLP's severity number from which a record is an error (opentelemetry-proto, logs.proto, SeverityNumber). */
const errorSeverity = 17

export interface SessionLogs {
  /** Unix milliseconds, ascending. */
  readonly time: Float64Array
  readonly isError: Uint8Array
}

/** The log records of each session apart, so that a row finds its own by their time. */
export function logsBySession({ raw }: SessionData): ReadonlyMap<string, SessionLogs> {
  const bySession = new Map<string, SessionLogs>()
  if (raw === null) return bySession
  const { time, root, severity } = raw.logs
  const counts = new Uint32Array(raw.rows.length)
  for (let log = 0; log < time.length; log++) counts[root[log] ?? 0] = (counts[root[log] ?? 0] ?? 0) + 1
  const byRoot = raw.rows.map(({ sessionId }, row) => {
    const count = counts[row] ?? 0
    const logs = { time: new Float64Array(count), isError: new Uint8Array(count), filled: 0 }
    if (count > 0) bySession.set(sessionId, logs)
    return logs
  })
  for (let log = 0; log < time.length; log++) {
    const logs = byRoot[root[log] ?? 0]
    if (!logs) continue
    logs.time[logs.filled] = raw.baseMs + (time[log] ?? 0)
    logs.isError[logs.filled++] = (severity[log] ?? 0) >= errorSeverity ? 1 : 0
  }
  return bySession
}

export interface LogMark {
  readonly x: number
  readonly isError: boolean
}

const apart = 3

/** Ticks for the log records of a row's session while the row was under way: one where several fall on one place. */
export function logMarks(
  row: TreeRow,
  logs: SessionLogs | undefined,
  scale: Scale,
  edgeMs: number,
): readonly LogMark[] {
  if (logs === undefined || !isWork(row)) return []
  const until = Math.min(endOf(row, edgeMs), scale.range.endMs)
  const marks: LogMark[] = []
  let log = firstOver(logs.time, Math.max(row.startMs, scale.range.startMs) - 1e-3)
  while (log < logs.time.length && (logs.time[log] ?? 0) <= until) {
    const x = scale.toX(logs.time[log] ?? 0)
    const next = firstOver(logs.time, scale.toTime(x + apart), log + 1)
    marks.push({ x, isError: logs.isError.subarray(log, next).includes(1) })
    log = next
  }
  return marks
}
