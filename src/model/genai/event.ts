import { flag, text, type Attributes } from '../attributes.ts'
import { countOf } from '../counts.ts'
import type { GenAiCall, GenAiFact, GenAiStep } from './facts.ts'
import { words } from './words.ts'
import { commandLineTool, userOf, type CommandLineTool, type GenAiSender } from './sender.ts'
import { count } from './usage.ts'

/** One log record of an application other than Codex. */
export interface GenAiEvent {
  readonly name: string
  readonly timeNs: bigint
  readonly traceId: string
  readonly attributes: Attributes
}

export interface ReadEvent {
  readonly sessionId: string
  readonly fact: GenAiFact | null
}

/** null where the record names no conversation. */
export function readGenAiEvent(event: GenAiEvent, sender: GenAiSender): ReadEvent | null {
  const { attributes, name, traceId } = event
  const conversation = text(attributes, 'gen_ai.conversation.id')
  const tool = commandLineTool(sender.service, name)
  if (tool === null) {
    // The convention's events (gen_ai.client.inference.operation.details …) describe a call whose span is the source.
    const sessionId = conversation ?? (name.startsWith('gen_ai.') && traceId !== '' ? traceId : null)
    return sessionId === null ? null : { sessionId, fact: null }
  }
  const sessionId = text(attributes, 'session.id') ?? conversation
  if (sessionId === null) return null
  return { sessionId, fact: readers[tool].get(name.slice(name.indexOf('.') + 1))?.(event, sessionId, sender) ?? null }
}

type Reader = (event: GenAiEvent, sessionId: string, sender: GenAiSender) => GenAiFact

/**
 * Claude Code: code.claude.com/docs/en/monitoring-usage. `event.name` is `api_request`, the body `claude_code.api_request`; numbers
 * may be text. Its input tokens are those of Anthropic's API: without what was read from a cache or written to one.
 */
const claudeCode = new Map<string, Reader>([
  ['user_prompt', promptOf],
  ['api_request', (event, sessionId, sender) => anthropicCall(event, sessionId, sender, 'completed')],
  ['api_error', (event, sessionId, sender) => anthropicCall(event, sessionId, sender, 'failed')],
  ['tool_result', (event, sessionId, sender) => toolOf(event, sessionId, sender, 'tool_name', 'tool_parameters')],
])

/** Gemini CLI: google-gemini/gemini-cli, docs/cli/telemetry.md. Thoughts and a tool's prompt are counted beside input and output. */
const geminiCli = new Map<string, Reader>([
  ['user_prompt', promptOf],
  ['api_response', (event, sessionId, sender) => googleCall(event, sessionId, sender, 'completed')],
  ['api_error', (event, sessionId, sender) => googleCall(event, sessionId, sender, 'failed')],
  ['tool_call', (event, sessionId, sender) => toolOf(event, sessionId, sender, 'function_name', 'function_args')],
])

const readers: Record<CommandLineTool, ReadonlyMap<string, Reader>> = {
  'claude-code': claudeCode,
  'gemini-cli': geminiCli,
}

/** A log is written when what it tells of has ended. */
function originOf(
  { attributes, name, timeNs }: GenAiEvent,
  sessionId: string,
  sender: GenAiSender,
  failed: boolean,
): Omit<GenAiStep, 'fact' | 'kind' | 'name' | 'callId' | 'summary'> {
  const durationNs = BigInt(countOf(attributes, 'duration_ms') ?? 0) * 1_000_000n
  // Two records of one millisecond are told apart by what they carry; the same record sent again carries the same.
  const number = ['request_id', 'event.sequence', 'prompt_id', 'tool_use_id', 'duration_ms']
    .map((key) => text(attributes, key))
    .filter((part) => part !== null)
  return {
    startNs: timeNs - durationNs,
    durationNs,
    traceId: '',
    spanId: [sessionId, name, String(timeNs), ...number].join(' '),
    parentSpanId: null,
    conversation: sessionId,
    event: name,
    service: sender.service,
    version: sender.version ?? text(attributes, 'app.version'),
    language: sender.language,
    environment: sender.environment,
    user: text(attributes, 'user.email') ?? userOf(attributes, sender),
    status: failed ? 'failed' : 'completed',
    errorType: failed
      ? (text(attributes, 'error_type') ?? text(attributes, 'status_code') ?? text(attributes, 'error') ?? '_OTHER')
      : null,
  }
}

function promptOf(event: GenAiEvent, sessionId: string, sender: GenAiSender): GenAiStep {
  const prompt = words(event.attributes, 'prompt')
  return {
    fact: 'genai_step',
    ...originOf(event, sessionId, sender, false),
    kind: 'prompt',
    name: null,
    callId: null,
    summary: prompt,
  }
}

function toolOf(
  event: GenAiEvent,
  sessionId: string,
  sender: GenAiSender,
  nameKey: string,
  argumentsKey: string,
): GenAiStep {
  const { attributes } = event
  return {
    fact: 'genai_step',
    ...originOf(event, sessionId, sender, flag(attributes, 'success') === false),
    kind: 'tool',
    name: text(attributes, nameKey),
    callId: text(attributes, 'tool_use_id'),
    summary: words(attributes, argumentsKey),
  }
}

function anthropicCall(
  event: GenAiEvent,
  sessionId: string,
  sender: GenAiSender,
  status: GenAiCall['status'],
): GenAiCall {
  const { attributes } = event
  const cachedTokens = count(attributes, ['cache_read_tokens'])
  const cacheWriteTokens = count(attributes, ['cache_creation_tokens'])
  return {
    ...callOf(event, sessionId, sender, status),
    provider: 'anthropic',
    operation: 'chat',
    inputTokens: count(attributes, ['input_tokens']) + cachedTokens + cacheWriteTokens,
    cachedTokens,
    cacheWriteTokens,
    outputTokens: count(attributes, ['output_tokens']),
    reasoningTokens: 0,
  }
}

function googleCall(event: GenAiEvent, sessionId: string, sender: GenAiSender, status: GenAiCall['status']): GenAiCall {
  const { attributes } = event
  const reasoningTokens = count(attributes, ['thoughts_token_count'])
  return {
    ...callOf(event, sessionId, sender, status),
    provider: text(attributes, 'auth_type') === 'vertex-ai' ? 'gcp.vertex_ai' : 'gcp.gemini',
    operation: 'generate_content',
    inputTokens: count(attributes, ['input_token_count']) + count(attributes, ['tool_token_count']),
    cachedTokens: count(attributes, ['cached_content_token_count']),
    cacheWriteTokens: 0,
    outputTokens: count(attributes, ['output_token_count']) + reasoningTokens,
    reasoningTokens,
  }
}

type Own =
  'provider' | 'operation' | 'inputTokens' | 'cachedTokens' | 'cacheWriteTokens' | 'outputTokens' | 'reasoningTokens'

function callOf(
  event: GenAiEvent,
  sessionId: string,
  sender: GenAiSender,
  status: GenAiCall['status'],
): Omit<GenAiCall, Own> {
  const { attributes } = event
  const model = text(attributes, 'model')
  const reasons = attributes['finish_reasons']
  return {
    fact: 'genai_call',
    ...originOf(event, sessionId, sender, status === 'failed'),
    requestModel: model,
    responseModel: status === 'completed' ? model : null,
    ttftMs: countOf(attributes, 'ttft_ms'),
    finishReasons: Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === 'string') : null,
  }
}
