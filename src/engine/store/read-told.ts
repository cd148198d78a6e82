import type { Says, Told } from '../../model/genai/told.ts'

/** Read with safe integers: times are nanoseconds. */
export interface ToldRow extends Omit<Told, 'says'> {
  readonly above: string | null
  readonly sessionId: string | null
  readonly request: string | null
  readonly says: string
  readonly hasIds: bigint
}

export const toldColumns = `genai_told.trace_id AS traceId, genai_told.span_id AS spanId, kind, start_ns AS startNs,
  duration_ns AS durationNs, parent_span_id AS parentSpanId, above, genai_told.service AS service, conversation,
  session_id AS sessionId, request, event, says, says ->> '$.ids' <> '[]' AS hasIds`

export function readTold({
  says,
  hasIds: _hasIds,
  sessionId: _sessionId,
  request: _request,
  above: _above,
  ...row
}: ToldRow): Told {
  return { ...row, says: JSON.parse(says) as Says }
}
