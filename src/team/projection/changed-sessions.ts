import { turnRequests } from '../../model/codex/spans/index.ts'
import type { TeamReader } from '../connection.ts'
import type { RawTables } from '../records/generation.ts'
import { conversation, conversations, turnOf } from '../records/spelling.ts'
import { hasNew, isNew, newSince, type Progress } from './progress.ts'

/** Conversations by id, with the moment of the last record that was found of each, in Unix nanoseconds. */
export type Changed = ReadonlyMap<string, bigint>

const lastNs = 'toString(toUnixTimestamp64Nano(max(Timestamp))) AS lastNs'

/** The conversations whose facts may have changed between two states of the raw tables. */
export async function changedSessions(
  raw: TeamReader,
  { logs, traces }: RawTables,
  done: Progress,
  now: Progress,
): Promise<Changed> {
  const changed = new Map<string, bigint>()
  const find = async (query: string, params: object): Promise<void> => {
    for await (const rows of raw.stream<{ id: string; lastNs: string }>(query, { ...params }))
      for (const row of rows) {
        const last = BigInt(row.lastNs)
        if (last > (changed.get(row.id) ?? -1n)) changed.set(row.id, last)
      }
  }
  if (logs !== null && hasNew(done, now, 'otel_logs'))
    await find(
      `SELECT arrayJoin(${conversations(logs)}) AS id, ${lastNs} FROM otel_logs WHERE ${isNew} GROUP BY id`,
      newSince(done.get('otel_logs'), now.get('otel_logs')),
    )
  if (traces === null || !hasNew(done, now, 'otel_traces')) return changed
  const since = newSince(done.get('otel_traces'), now.get('otel_traces'))
  // Most spans name nothing: a log record of about that time knows their trace, or another span.
  const near = `Timestamp >= (SELECT min(Timestamp) - INTERVAL 1 DAY FROM otel_traces WHERE ${isNew})`
  const ofNewTraces = `TraceId IN (SELECT TraceId FROM otel_traces WHERE ${isNew})`
  if (logs !== null)
    await find(
      `SELECT arrayJoin(${conversations(logs)}) AS id, ${lastNs} FROM otel_logs WHERE ${near} AND ${ofNewTraces} GROUP BY id`,
      since,
    )
  // A client's request names the turn alone.
  const turn = turnOf(traces)
  const ofNewTurns = `${turn} IN (SELECT ${turn} FROM otel_traces WHERE ${isNew} AND SpanName IN {requests:Array(String)})`
  await find(
    `SELECT ${conversation(traces, 'SpanAttributes')} AS id, ${lastNs} FROM otel_traces
     WHERE ${near} AND (${ofNewTraces} OR ${ofNewTurns}) AND id != '' GROUP BY id`,
    { ...since, requests: turnRequests },
  )
  return changed
}
