import { errorBeyondStatus } from '../codex/request-error.ts'
import { appFields } from './app-describe.ts'
import { between, byTime } from './by-time.ts'
import type { AttemptFacts, CallFacts, DecisionFacts, SessionFacts, ToolFacts, TreeFacts } from './facts.ts'
import { ownMs, type RowPart, type TreeRow } from './row.ts'
import { waitSource } from './tool-rows.ts'
import { joined, shortDuration } from './words.ts'

export interface Field {
  readonly name: string
  readonly value: string
}

/** What Colophon makes of a row, as names and values for its details. */
export function describeRow(facts: TreeFacts, row: TreeRow): Field[] {
  return rowDescriber(facts)(row)
}

/** The same for many rows: what is looked up for each is put in order once. */
export function rowDescriber(facts: TreeFacts): (row: TreeRow) => Field[] {
  const sessions = new Map(facts.sessions.map((session) => [session.id, lookUps(session)]))
  return (row) => {
    const found = sessions.get(row.sessionId)
    const fields: (Field | null)[] = [field('status', row.status), took(row)]
    for (const [kind, ms] of sumParts(row.parts)) fields.push(duration(partNames[kind], ms))
    if (found === undefined) return present(fields)
    const { session } = found
    if (session.app !== undefined) {
      const own = present(
        appFields(session.app, row).map(([name, value]) =>
          field(name, typeof value === 'number' ? count(value) : value),
        ),
      )
      // A duration that nobody knows is not the row's.
      const others = fields.filter((one) => own.every(({ name }) => name !== one?.name))
      return present([...others, ...own, field('gen_ai.conversation.id', row.sessionId)])
    }
    if (row.kind === 'tool_call') fields.push(...ofTool(found, row))
    if (row.kind === 'api_call') fields.push(...ofCall(found, row, facts.baseMs))
    if (row.kind === 'session_loop') fields.push(...ofSession(session, row, facts.baseMs))
    fields.push(field('turn.id', row.turnId), field('conversation.id', row.sessionId))
    return present(fields)
  }
}

interface LookUps {
  readonly session: SessionFacts
  readonly tools: ReadonlyMap<string | null, ToolFacts>
  readonly decisions: ReadonlyMap<string | null, readonly DecisionFacts[]>
  /** By time. */
  readonly calls: readonly CallFacts[]
  readonly attempts: readonly AttemptFacts[]
}

function lookUps(session: SessionFacts): LookUps {
  const { tools, decisions, calls, attempts } = session
  const decided = new Map<string, DecisionFacts[]>()
  for (const decision of decisions.toSorted(byTime))
    decided.set(decision.callId, [...(decided.get(decision.callId) ?? []), decision])
  return {
    session,
    // Of two with one id the first counts.
    tools: new Map(tools.toReversed().map((tool) => [tool.callId, tool])),
    decisions: decided,
    calls: calls.toSorted(byTime),
    attempts: attempts.toSorted(byTime),
  }
}

export const partNames: Record<RowPart['kind'], string> = {
  model_wait: 'before the first item',
  model_stream: 'streaming',
  model: 'model',
  tool_run: 'running',
  tool_queue: 'queued',
  wait_user: 'waiting for you',
  wait_reviewer: 'waiting for the reviewer',
  retry: 'failed tries',
  idle: 'between tries',
  away: 'machine away',
}

function sumParts(parts: readonly RowPart[]): Map<RowPart['kind'], number> {
  const sums = new Map<RowPart['kind'], number>()
  for (const { kind, durationMs } of parts) sums.set(kind, (sums.get(kind) ?? 0) + durationMs)
  return sums
}

function ofTool(session: LookUps, row: TreeRow): (Field | null)[] {
  const tool = session.tools.get(row.callId)
  const decisions = session.decisions.get(row.callId) ?? []
  return [
    tool === undefined ? null : field('outcome', outcome(tool)),
    field('wait for an answer', tool === undefined ? null : waitSource(tool)),
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

function ofCall({ session, ...listed }: LookUps, row: TreeRow, baseMs: number): (Field | null)[] {
  const from = (row.startMs - baseMs) * 1e6
  const to = row.durationMs === null ? Infinity : from + row.durationMs * 1e6
  const calls = between(listed.calls, from - slackNs, to + slackNs)
  const completed = calls.findLast(({ status }) => status === 'completed')
  const failed = calls.filter(({ status }) => status === 'failed')
  const attempts = between(listed.attempts, from - slackNs, to + slackNs)
  return [
    field('model', completed?.model ?? session.model),
    ...(completed === undefined ? [] : ofTokens(completed)),
    ...attempts.map(({ statusCode, success, durationMs, error, kind }) =>
      field(
        kind === 'ws_connect' ? 'connection' : 'request',
        joined([
          String(statusCode ?? (success ? 'sent' : 'failed')),
          errorBeyondStatus(statusCode, error),
          durationMs !== null && `${durationMs} ms`,
        ]),
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
    call.firstTokenMs === null
      ? duration('time to first token, from the headers', call.ttftMs)
      : duration('time to first token', call.firstTokenMs),
  ]
}

/** The wall time goes from the first record to the last: the loop's span may begin before and end after (ARCHITECTURE.md). */
function ofSession(session: SessionFacts, { startMs, durationMs }: TreeRow, baseMs: number): (Field | null)[] {
  const workEndMs = baseMs + session.lastAt / 1e6
  const afterMs = durationMs === null ? 0 : startMs + durationMs - workEndMs
  return [
    duration('wall', (session.lastAt - session.firstAt) / 1e6),
    afterMs < 1 ? null : duration('after its work', afterMs),
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

function took(row: TreeRow): Field | null {
  const ms = ownMs(row)
  if (ms === null || !row.atMost) return duration('duration', ms)
  return { name: 'duration', value: `at most ${shortDuration(ms)} (from the file)` }
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
