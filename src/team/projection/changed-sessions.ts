import { turnRequests } from '../../model/codex/spans/index.ts'
import type { TeamReader } from '../connection.ts'
import type { RawTables } from '../records/generation.ts'
import { conversation, conversations, turnOf } from '../records/spelling.ts'
import { hasNew, isNew, newSince, type Progress } from './progress.ts'

/** The conversations whose facts may have changed between two states of the raw tables. */
export async function changedSessions(
  raw: TeamReader,
  { logs, traces }: RawTables,
  done: Progress,
  now: Progress,
): Promise<readonly string[]> {
  const found = new Set<string>()
  const find = async (query: string, params: object): Promise<void> => {
    for await (const rows of raw.stream<{ id: string }>(query, { ...params })) for (const { id } of rows) found.add(id)
  }
  if (logs !== null && hasNew(done, now, 'otel_logs'))
    await find(
      `SELECT DISTINCT arrayJoin(${conversations(logs)}) AS id FROM otel_logs WHERE ${isNew}`,
      newSince(done.get('otel_logs'), now.get('otel_logs')),
    )
  if (traces === null || !hasNew(done, now, 'otel_traces')) return [...found].toSorted()
  const since = newSince(done.get('otel_traces'), now.get('otel_traces'))
  // Most spans name nothing: a log record of about that time knows their trace, or another span.
  const near = `Timestamp >= (SELECT min(Timestamp) - INTERVAL 1 DAY FROM otel_traces WHERE ${isNew})`
  const ofNewTraces = `TraceId IN (SELECT TraceId FROM otel_traces WHERE ${isNew})`
  if (logs !== null)
    await find(
      `SELECT DISTINCT arrayJoin(${conversations(logs)}) AS id FROM otel_logs WHERE ${near} AND ${ofNewTraces}`,
      since,
    )
  // A client's request names the turn alone.
  const turn = turnOf(traces)
  const ofNewTurns = `${turn} IN (SELECT ${turn} FROM otel_traces WHERE ${isNew} AND SpanName IN {requests:Array(String)})`
  await find(
    `SELECT DISTINCT ${conversation(traces, 'SpanAttributes')} AS id FROM otel_traces
     WHERE ${near} AND (${ofNewTraces} OR ${ofNewTurns}) AND id != ''`,
    { ...since, requests: turnRequests },
  )
  return [...found].toSorted()
}
