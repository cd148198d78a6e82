import { text, type Attributes } from '../attributes.ts'
import type { CodexSpan, SpanLink } from '../codex/spans/index.ts'
import { amountOf, asCount } from '../counts.ts'
import type { GenAiFact } from './facts.ts'
import { words } from './words.ts'
import { commandLineTool, userOf, type GenAiSender } from './sender.ts'
import { usageOf } from './usage.ts'

export interface GenAiSpan extends CodexSpan {
  /** Whether the span's status is an error. */
  readonly failed: boolean
}

export interface ReadSpan {
  readonly link: SpanLink
  /** null: the span belongs to its session, and another record is the source. */
  readonly fact: GenAiFact | null
}

type Role = 'call' | 'agent' | 'tool'

/** Values of `gen_ai.operation.name`, and of OpenLLMetry's `llm.request.type` and `traceloop.span.kind`. */
const roles: ReadonlyMap<string, Role> = new Map([
  ...['chat', 'text_completion', 'generate_content', 'responses', 'embeddings', 'completion', 'embedding'].map(
    (operation) => [operation, 'call'] as const,
  ),
  ...['invoke_agent', 'invoke_workflow', 'agent'].map((operation) => [operation, 'agent'] as const),
  ...['execute_tool', 'tool'].map((operation) => [operation, 'tool'] as const),
])

/** What a span of an application other than Codex says; null where it says nothing of a model, an agent or a conversation. */
export function readGenAiSpan(span: GenAiSpan, sender: GenAiSender): ReadSpan | null {
  const { attributes, spanId } = span
  const operation = operationOf(attributes)
  const conversation = text(attributes, 'gen_ai.conversation.id')
  const tool = commandLineTool(sender.service, span.name)
  if (tool !== null) return ofCommandLine(span, conversation ?? text(attributes, 'session.id'))
  const role = operation === null ? undefined : roles.get(operation)
  if (operation === null || role === undefined)
    return conversation === null ? null : { link: linked('other', conversation, spanId, null), fact: null }
  if (role === 'call')
    return { link: linked('round', conversation, null, null), fact: callOf(span, sender, operation, conversation) }
  const fact = stepOf(span, sender, role, conversation)
  return { link: linked(role === 'agent' ? 'turn' : 'tool', conversation, spanId, spanId), fact }
}

function operationOf(attributes: Attributes): string | null {
  return (
    text(attributes, 'gen_ai.operation.name') ??
    text(attributes, 'llm.request.type') ??
    text(attributes, 'traceloop.span.kind')
  )
}

function linked(
  kind: SpanLink['kind'],
  conversationId: string | null,
  turnId: string | null,
  callId: string | null,
): SpanLink {
  return { kind, conversationId, turnId, callId }
}

/** Its model calls and tools are rows of their logs; `claude_code.llm_request` and `llm_call` lie in the time of one. */
function ofCommandLine({ attributes, name, spanId }: GenAiSpan, conversation: string | null): ReadSpan | null {
  if (conversation === null) return null
  const isCall = name === 'claude_code.llm_request' || operationOf(attributes) === 'llm_call'
  const callId = text(attributes, 'tool_use_id') ?? text(attributes, 'gen_ai.tool.call.id')
  const kind = isCall ? 'model' : callId === null ? 'other' : 'tool'
  return { link: linked(kind, conversation, spanId, callId), fact: null }
}

function originOf(
  span: GenAiSpan,
  sender: GenAiSender,
  conversation: string | null,
): Omit<Extract<GenAiFact, { fact: 'genai_step' }>, 'fact' | 'kind' | 'name' | 'callId' | 'summary'> {
  const errorType = text(span.attributes, 'error.type')
  const failed = span.failed || errorType !== null
  return {
    startNs: span.startNs,
    durationNs: span.endNs - span.startNs,
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId === '' ? null : span.parentSpanId,
    conversation,
    event: null,
    service: sender.service,
    version: sender.version,
    language: sender.language,
    environment: sender.environment,
    user: userOf(span.attributes, sender),
    status: failed ? 'failed' : 'completed',
    // `_OTHER` is the convention's own word for an error of no class.
    errorType: failed ? (errorType ?? '_OTHER') : null,
  }
}

function callOf(span: GenAiSpan, sender: GenAiSender, operation: string, conversation: string | null): GenAiFact {
  const { attributes } = span
  return {
    fact: 'genai_call',
    ...originOf(span, sender, conversation),
    provider: text(attributes, 'gen_ai.provider.name') ?? text(attributes, 'gen_ai.system'),
    operation,
    requestModel: text(attributes, 'gen_ai.request.model') ?? text(attributes, 'llm.request.model'),
    responseModel: text(attributes, 'gen_ai.response.model') ?? text(attributes, 'llm.response.model'),
    ...usageOf(attributes),
    ttftMs:
      milliseconds(attributes, 'gen_ai.response.time_to_first_chunk') ??
      milliseconds(attributes, 'gen_ai.server.time_to_first_token'),
    finishReasons: finishReasonsOf(attributes),
  }
}

function stepOf(span: GenAiSpan, sender: GenAiSender, kind: 'agent' | 'tool', conversation: string | null): GenAiFact {
  const { attributes } = span
  return {
    fact: 'genai_step',
    ...originOf(span, sender, conversation),
    kind,
    name: text(attributes, `gen_ai.${kind}.name`) ?? text(attributes, 'traceloop.entity.name') ?? span.name,
    callId: text(attributes, 'gen_ai.tool.call.id'),
    summary: words(attributes, 'gen_ai.tool.call.arguments'),
  }
}

/** The convention counts in seconds, with fractions. */
function milliseconds(attributes: Attributes, key: string): number | null {
  const seconds = amountOf(attributes, key)
  return seconds === null ? null : asCount(Math.round(seconds * 1000))
}

function finishReasonsOf(attributes: Attributes): readonly string[] | null {
  const value = attributes['gen_ai.response.finish_reasons']
  if (Array.isArray(value)) return value.filter((reason) => typeof reason === 'string')
  const first =
    text(attributes, 'gen_ai.completion.0.finish_reason') ?? text(attributes, 'gen_ai.response.finish_reasons')
  return first === null ? null : [first]
}
