import type { CallFacts, SessionFacts, ToolFacts, TreeFacts } from './facts.ts'
import type { RowPart, TreeRow } from './row.ts'
import { joined, shortDuration } from './words.ts'

export interface Field {
  readonly name: string
  readonly value: string
}

/** What Colophon makes of a row, as names and values for its details. */
export function describeRow(facts: TreeFacts, row: TreeRow): Field[] {
  const session = facts.sessions.find(({ id }) => id === row.sessionId)
  const fields: (Field | null)[] = [field('status', row.status), duration('duration', row.durationMs)]
  for (const [kind, ms] of sumParts(row.parts)) fields.push(duration(partNames[kind], ms))
  if (session === undefined) return present(fields)
  if (row.kind === 'tool_call') fields.push(...ofTool(session, row))
  if (row.kind === 'api_call') fields.push(...ofCall(session, row, facts.baseMs))
  if (row.kind === 'session_loop') fields.push(...ofSession(session))
  fields.push(field('turn.id', row.turnId), field('conversation.id', row.sessionId))
  return present(fields)
}

export const partNames: Record<RowPart['kind'], string> = {
  model_wait: 'before the first item',
  model_stream: 'streaming',
  tool_run: 'running',
  tool_queue: 'queued',
  wait_user: 'waiting for you',
  wait_reviewer: 'waiting for the reviewer',
  retry: 'failed tries',
  idle: 'between tries',
}

function sumParts(parts: readonly RowPart[]): Map<RowPart['kind'], number> {
  const sums = new Map<RowPart['kind'], number>()
  for (const { kind, durationMs } of parts) sums.set(kind, (sums.get(kind) ?? 0) + durationMs)
  return sums
}

function ofTool(session: SessionFacts, row: TreeRow): (Field | null)[] {
  const tool: ToolFacts | undefined = session.tools.find(({ callId }) => callId === row.callId)
  const decisions = session.decisions.filter(({ callId }) => callId === row.callId).sort((a, b) => a.at - b.at)
  return [
    tool === undefined ? null : field('outcome', outcome(tool)),
    ...decisions.map(({ decision, source }) => field('decision', joined([decision, source]))),
    field('MCP server', tool?.mcpServer ?? null),
    field('called from', tool?.parentCallId ?? null),
    field('call_id', row.callId),
  ]
}

function outcome({ success, exitCode, aborted }: ToolFacts): string | null {
  if (aborted === true && success === null) return 'cancelled'
  if (success === null) return null
  if (!success) return 'failed'
  return exitCode === null || exitCode === 0 ? 'succeeded' : `ran, exit ${exitCode}`
}

function ofCall(session: SessionFacts, row: TreeRow, baseMs: number): (Field | null)[] {
  const from = (row.startMs - baseMs) * 1e6
  const to = row.durationMs === null ? Infinity : from + row.durationMs * 1e6
  const within = ({ at }: { readonly at: number }): boolean => at >= from - slackNs && at <= to + slackNs
  const completed: CallFacts | undefined = session.calls.filter(within).findLast(({ status }) => status === 'completed')
  const failed = session.calls.filter(within).filter(({ status }) => status === 'failed')
  const attempts = session.attempts.filter(within)
  return [
    field('model', completed?.model ?? session.model),
    ...(completed === undefined ? [] : ofTokens(completed)),
    ...attempts.map(({ statusCode, success, durationMs, error, kind }) =>
      field(
        kind === 'ws_connect' ? 'connection' : 'request',
        joined([String(statusCode ?? (success ? 'sent' : 'failed')), error, durationMs !== null && `${durationMs} ms`]),
      ),
    ),
    ...failed.map(({ error }) => field('failed response', error)),
  ]
}

const slackNs = 2_000_000

function ofTokens(call: CallFacts): (Field | null)[] {
  return [
    field('input tokens', count(call.inputTokens)),
    field('cached', count(call.cachedTokens)),
    field('output tokens', count(call.outputTokens)),
    field('reasoning', count(call.reasoningTokens)),
    duration('time to first token', call.ttftMs),
  ]
}

function ofSession(session: SessionFacts): (Field | null)[] {
  return [
    field('state', session.state),
    field('kind', session.kind),
    field('model', session.model),
    field('originator', session.originator),
    field('turns', count(session.turns.length)),
    field('parent', session.parentId),
  ]
}

function field(name: string, value: string | null): Field | null {
  return value === null || value === '' ? null : { name, value }
}

function duration(name: string, ms: number | null): Field | null {
  return ms === null ? null : { name, value: shortDuration(ms) }
}

function count(value: number): string {
  return value.toLocaleString('en')
}

function present(fields: readonly (Field | null)[]): Field[] {
  return fields.filter((entry) => entry !== null)
}
