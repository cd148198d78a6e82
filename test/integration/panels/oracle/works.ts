import type { Log, Records, Span } from './records.ts'
import { lengthMs } from './question.ts'

/** A model call, a tool or an agent of an application, by the span or, of Claude Code and Gemini CLI, the log that tells the most of it. */
export interface Work {
  readonly kind: 'model call' | 'tool' | 'agent'
  readonly name: string
  readonly startNs: bigint
  readonly durationMs: number
  readonly failed: boolean
  readonly error: string | null
  readonly traceId: string
  readonly spanId: string
  readonly event: string | null
  readonly sessionId: string
  readonly provider: string
  readonly service: string
  readonly language: string
  readonly environment: string
  readonly user: string
  readonly appVersion: string
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
  readonly reasoning: number
  /** A finished call without counts, or with none above 0, does not say what it used. */
  readonly reportsUsage: boolean
  readonly reportsCached: boolean
  /** As the sender reckons. */
  readonly reportedUsd: number | null
  readonly finishReasons: readonly string[]
}

const modelOperations = new Set(['chat', 'text_completion', 'embeddings', 'generate_content', 'responses'])
const steps: Readonly<Record<string, Work['kind']>> = { execute_tool: 'tool', invoke_agent: 'agent' }

export function worksOf({ logs, spans }: Records): Work[] {
  // What one span says of its conversation holds for its trace.
  const said = (traceId: string, name: string): string | undefined =>
    spans.find((span) => span.traceId === traceId && span.attributes[name] !== undefined)?.attributes[name]
  return [
    ...spans.flatMap(workOfSpan).map((work) => ({
      ...work,
      sessionId: said(work.traceId, 'gen_ai.conversation.id') ?? work.traceId,
    })),
    ...logs.flatMap((log) => workOfLog(log).map((work) => placed(work, log, spans))),
  ]
}

/** Claude Code tells of one request or tool in a log and in a span, which have an id in common: the span is where and when it was. */
function placed(work: Work, { attributes }: Log, spans: readonly Span[]): Work {
  const id = work.kind === 'tool' ? 'tool_use_id' : 'request_id'
  const span = spans.find((one) => one.attributes[id] !== undefined && one.attributes[id] === attributes[id])
  if (span === undefined) return work
  const { startNs, endNs, traceId, spanId } = span
  return { ...work, startNs, durationMs: Math.round(lengthMs(startNs, endNs)), traceId, spanId, event: null }
}

function workOfSpan(span: Span): Work[] {
  const { attributes } = span
  const operation = attributes['gen_ai.operation.name'] ?? ''
  const kind = modelOperations.has(operation) ? 'model call' : steps[operation]
  if (kind === undefined) return []
  const count = (...names: readonly string[]): number =>
    Number(names.map((name) => attributes[`gen_ai.usage.${name}`]).find((value) => value !== undefined) ?? 0)
  const failed = span.failed || attributes['error.type'] !== undefined
  const named = { tool: 'gen_ai.tool.name', agent: 'gen_ai.agent.name', 'model call': 'gen_ai.response.model' }[kind]
  return [
    {
      ...{ kind, name: attributes[named] ?? attributes['gen_ai.request.model'] ?? '' },
      ...{ startNs: span.startNs, durationMs: Math.round(lengthMs(span.startNs, span.endNs)) },
      ...{ failed, error: failed ? (attributes['error.type'] ?? '_OTHER') : null, event: null, sessionId: '' },
      ...{ traceId: span.traceId, spanId: span.spanId },
      provider: attributes['gen_ai.provider.name'] ?? attributes['gen_ai.system'] ?? '',
      user: attributes['user.id'] ?? '',
      ...whoSent(span),
      input: count('input_tokens', 'prompt_tokens'),
      cached: count('cache_read.input_tokens'),
      cacheWrite: count('cache_creation.input_tokens'),
      output: count('output_tokens', 'completion_tokens'),
      reasoning: count('reasoning.output_tokens'),
      reportsUsage: count('input_tokens', 'prompt_tokens') + count('output_tokens', 'completion_tokens') > 0,
      reportsCached:
        attributes['gen_ai.usage.cache_read.input_tokens'] !== undefined &&
        count('input_tokens', 'prompt_tokens') + count('output_tokens', 'completion_tokens') > 0,
      reportedUsd: null,
      finishReasons: reasonsOf(attributes['gen_ai.response.finish_reasons']),
    },
  ]
}

const kindOfEvent: Readonly<Record<string, Work['kind']>> = {
  ...{ api_request: 'model call', api_error: 'model call', tool_result: 'tool' },
  ...{ 'gemini_cli.api_response': 'model call', 'gemini_cli.tool_call': 'tool' },
}

/** Both write when the work has ended. Claude Code counts cached input beside the rest, Gemini CLI its thoughts beside the output. */
function workOfLog(log: Log): Work[] {
  const { attributes, event } = log
  const kind = kindOfEvent[event]
  if (kind === undefined || log.resource['service.name'] === undefined) return []
  const count = (name: string): number => Number(attributes[name] ?? 0)
  const isClaude = log.resource['service.name'] === 'claude-code'
  if (!isClaude && log.resource['service.name'] !== 'gemini-cli') return []
  const durationMs = count('duration_ms')
  const failed = event === 'api_error' || attributes['success'] === 'false'
  const thoughts = count('thoughts_token_count')
  const cached = isClaude ? count('cache_read_tokens') : count('cached_content_token_count')
  return [
    {
      ...{ kind, name: attributes['model'] ?? attributes['tool_name'] ?? attributes['function_name'] ?? '' },
      ...{ startNs: log.atNs - BigInt(durationMs) * 1_000_000n, durationMs, failed },
      ...{ error: failed ? (attributes['status_code'] ?? '_OTHER') : null, traceId: '', spanId: '', event },
      sessionId: attributes['session.id'] ?? '',
      provider: isClaude ? 'anthropic' : 'gcp.gemini',
      user: attributes['user.email'] ?? '',
      ...whoSent(log),
      input: isClaude ? count('input_tokens') + cached + count('cache_creation_tokens') : count('input_token_count'),
      ...{ cached, cacheWrite: count('cache_creation_tokens') },
      output: isClaude ? count('output_tokens') : count('output_token_count') + thoughts,
      reasoning: thoughts,
      reportsUsage: count('input_tokens') + count('input_token_count') > 0,
      reportsCached: count('input_tokens') + count('input_token_count') > 0,
      reportedUsd: attributes['cost_usd'] === undefined ? null : Number(attributes['cost_usd']),
      finishReasons: reasonsOf(attributes['finish_reasons']),
    },
  ]
}

const reasonsOf = (said: string | undefined): readonly string[] => (said ? [...new Set(said.split('\n'))] : [])

function whoSent({ resource }: Span | Log): Pick<Work, 'service' | 'language' | 'environment' | 'appVersion'> {
  return {
    service: resource['service.name'] ?? '',
    language: resource['telemetry.sdk.language'] ?? '',
    environment: resource['deployment.environment.name'] ?? '',
    appVersion: resource['service.version'] ?? '',
  }
}
