import { flag, text, type Attributes } from '../../attributes.ts'
import { countOf, isStated, notCounts } from '../../counts.ts'
import type { Fact } from '../facts.ts'
import { conversationOf } from '../sender.ts'
import type { CodexSpan, LinkKind, SpanLink } from './span.ts'

export { linkKinds, type CodexSpan, type LinkKind, type SpanLink } from './span.ts'

/** What a span by this name is, in Codex 0.169.0 to 0.171.0. Tools are not here: their spans have the tool's name. */
const kindByName = new Map<string, LinkKind>([
  ['session_loop', 'loop'],
  ['codex.exec', 'process'],
  ['session_task.turn', 'turn'],
  ['turn/start', 'turn_request'],
  ['turn/interrupt', 'turn_request'],
  ['run_sampling_request', 'round'],
  ['try_run_sampling_request', 'attempt'],
  ['codex.sampling', 'sampling'],
  ['codex.compaction', 'compaction'],
  ['guardian_review', 'review'],
])

/** Names of the spans that are a client's requests: they name a turn, and no conversation. */
export const turnRequests: readonly string[] = [...kindByName].flatMap(([name, kind]) =>
  kind === 'turn_request' ? [name] : [],
)

/** Ties the span to its conversation, turn and call. */
export function linkOfSpan(span: CodexSpan): SpanLink {
  const { attributes } = span
  const kind = kindByName.get(span.name) ?? (isTool(attributes) ? 'tool' : 'other')
  // A reviewer's span names the session that it reviews; the spans below it name the reviewer's own.
  return { kind, ...namesOf(attributes) }
}

/** The start of an MCP server: it names neither conversation nor turn, only the server, and lies in the trace that starts the session. */
export const serverStart = 'start_server_task'

export function factsOfServerStart({ traceId, spanId, startNs, endNs, attributes }: CodexSpan): readonly Fact[] {
  const server = text(attributes, 'server_name')
  return server === null ? [] : [{ fact: 'server_start', traceId, spanId, server, startNs, endNs }]
}

/** A step that finds the servers ready is over in less, and has waited for nothing. */
const leastWaitNs = 10_000_000n

/** Whether Codex has spans by this name, whoever sends one: it is read as Codex's, also without the module that Codex adds. */
export function isSpanOfCodex(name: string): boolean {
  return kindByName.has(name)
}

/** The conversation, turn and call that any record names. */
export function namesOf(attributes: Attributes): Omit<SpanLink, 'kind'> {
  return {
    conversationId: conversationOf(attributes),
    turnId: text(attributes, 'turn.id') ?? text(attributes, 'turn_id'),
    callId: text(attributes, 'call_id') ?? text(attributes, 'tool_call_id'),
  }
}

const totalTokens = 'codex.turn.token_usage.total_tokens'

/** Attributes that were meant to be counts and are none. */
export function misreadOfSpan({ attributes }: CodexSpan, { kind }: SpanLink): readonly string[] {
  return kind === 'turn' ? notCounts(attributes, [totalTokens]) : []
}

/** A tool's span has the tool's own name, even one that the model made up; this attribute is on it alone. */
function isTool(attributes: Attributes): boolean {
  return text(attributes, 'codex.tool.phase') !== null && text(attributes, 'call_id') !== null
}

export function factsOfSpan(span: CodexSpan, link: SpanLink): readonly Fact[] {
  const facts: Fact[] = []
  const { conversationId: sessionId, turnId } = link
  const { attributes, startNs, endNs, traceId, spanId } = span
  // The process's span names its first turn, but starts before it and arrives last.
  if (sessionId !== null && turnId !== null && link.kind !== 'process')
    facts.push({ fact: 'turn_mention', sessionId, turnId, firstNs: startNs })
  const made = byKind(span, link)
  if (made !== null) facts.push(made)
  if (span.name === 'mcp.runtime.resolve_for_step' && turnId !== null && endNs - startNs >= leastWaitNs)
    facts.push({ fact: 'server_wait', turnId, spanId, startNs, endNs })
  const cellId = text(attributes, 'cell.id')
  if (span.name === 'run_auto_compact')
    facts.push({
      fact: 'compaction_reason',
      spanId,
      reason: text(attributes, 'reason'),
      phase: text(attributes, 'phase'),
    })
  if (cellId === null || sessionId === null) return facts
  if (span.name === 'code_mode.handler.execute' && link.callId !== null)
    facts.push({ fact: 'code_cell', sessionId, cellId, callId: link.callId })
  if (span.name === 'code_mode.broker.invoke_tool') facts.push({ fact: 'code_callback', traceId, sessionId, cellId })
  return facts

  function byKind(from: CodexSpan, { kind, callId }: SpanLink): Fact | null {
    if (kind === 'turn_request' && turnId !== null)
      return {
        fact: 'turn_request',
        turnId,
        method: from.name,
        atNs: startNs,
        requestId: text(attributes, 'rpc.request_id'),
      }
    if (kind === 'round' && turnId !== null)
      return {
        fact: 'model_round',
        turnId,
        spanId,
        startNs,
        endNs,
        model: text(attributes, 'model'),
        folder: text(attributes, 'cwd'),
      }
    if (sessionId === null) return null
    if (kind === 'loop' || kind === 'process') return { fact: 'session_span', sessionId, kind, startNs, endNs }
    if (kind === 'sampling') return { fact: 'sampling', sessionId, spanId, turnId, startNs, endNs }
    if (kind === 'review') return { fact: 'review', traceId, parentId: sessionId, callId }
    if (kind === 'compaction')
      return { fact: 'compaction', sessionId, spanId, parentSpanId: span.parentSpanId, turnId, startNs, endNs }
    if (kind === 'turn' && turnId !== null)
      return {
        fact: 'turn_span',
        sessionId,
        turnId,
        traceId,
        spanId,
        startNs,
        endNs,
        model: text(attributes, 'model'),
        effort: text(attributes, 'codex.turn.reasoning_effort'),
        // Only an interrupted turn has none.
        totalTokens: countOf(attributes, totalTokens) ?? (isStated(attributes[totalTokens]) ? 0 : null),
      }
    if (kind === 'tool' && callId !== null)
      return {
        fact: 'tool_span',
        sessionId,
        callId,
        tool: text(attributes, 'tool_name'),
        startNs,
        endNs,
        aborted: flag(attributes, 'aborted'),
        source: text(attributes, 'tool_source'),
        turnId,
        traceId,
      }
    return null
  }
}
