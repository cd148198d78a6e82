import { calcPrice } from '@pydantic/genai-prices'
import type { Log, Records, Span } from './records.ts'
import {
  among,
  buckets,
  groups,
  lengthMs,
  msOf,
  percentile,
  share,
  sum,
  within,
  type Question,
  type Row,
} from './question.ts'

/** A model call, a tool or an agent of an application, by the span or, of Claude Code and Gemini CLI, the log that tells the most of it. */
interface Work {
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
      provider: isClaude ? 'anthropic' : 'google',
      user: attributes['user.email'] ?? '',
      ...whoSent(log),
      input: isClaude ? count('input_tokens') + cached + count('cache_creation_tokens') : count('input_token_count'),
      ...{ cached, cacheWrite: count('cache_creation_tokens') },
      output: isClaude ? count('output_tokens') : count('output_token_count') + thoughts,
      reasoning: thoughts,
      reportsUsage: count('input_tokens') + count('input_token_count') > 0,
      reportsCached: count('input_tokens') + count('input_token_count') > 0,
      reportedUsd: attributes['cost_usd'] === undefined ? null : Number(attributes['cost_usd']),
    },
  ]
}

function whoSent({ resource }: Span | Log): Pick<Work, 'service' | 'language' | 'environment' | 'appVersion'> {
  return {
    service: resource['service.name'] ?? '',
    language: resource['telemetry.sdk.language'] ?? '',
    environment: resource['deployment.environment.name'] ?? '',
    appVersion: resource['service.version'] ?? '',
  }
}

/** No application has an originator or a folder. */
function counts(question: Question, work: Work): boolean {
  const { filters } = question
  return (
    within(question, work.startNs) &&
    among(filters.model, work.kind === 'model call' ? work.name : '') &&
    among(filters.environment, work.environment) &&
    among(filters.source, work.service) &&
    among(filters.user, work.user) &&
    among(filters.appVersion, work.appVersion) &&
    among(filters.originator, '') &&
    among(filters.project, '')
  )
}

function costOf({ provider, name, input, cached, cacheWrite, output, startNs }: Work): number | null {
  const usage = { input_tokens: 1, output_tokens: 1 }
  const options = { providerId: provider, timestamp: new Date(msOf(startNs)) }
  const price = calcPrice(usage, name, options)?.model_price
  if (price === undefined) return null
  const rate = (of: unknown, other = 0): number => {
    if (of === undefined) return other
    return typeof of === 'object' && of !== null && 'base' in of ? Number(of.base) : Number(of)
  }
  const full = rate(price.input_mtok)
  const inputCost =
    (input - cached - cacheWrite) * full +
    cached * rate(price.cache_read_mtok, full) +
    cacheWrite * rate(price.cache_write_mtok, full)
  return (inputCost + output * rate(price.output_mtok)) / 1e6
}

type Answer = (works: readonly Work[], question: Question) => Row[]

const callsOf: (works: readonly Work[], question: Question) => Work[] = (works, question) =>
  works.filter((work) => work.kind === 'model call' && counts(question, work))

const tokensOf = (of: readonly Work[]): number => sum(of, ({ input, output }) => input + output)
const overTime = (works: readonly Work[], question: Question): [number, Work[]][] =>
  buckets(question, callsOf(works, question), ({ startNs }) => startNs)

export const genai: Readonly<Record<string, Answer>> = {
  'genai-tokens-total': (works, question) => {
    const of = callsOf(works, question)
    return [
      {
        ...{ input: sum(of, ({ input }) => input), output: sum(of, ({ output }) => output) },
        reasoning: sum(of, ({ reasoning }) => reasoning),
        unreported: of.filter((work) => !work.failed && !work.reportsUsage).length,
      },
    ]
  },
  'genai-cache-rate': (works, question) => {
    const of = callsOf(works, question)
    const rate = share(
      sum(of, ({ cached }) => cached),
      sum(of, ({ input, reportsCached }) => (reportsCached ? input : 0)),
    )
    return [{ rate, cacheWrite: sum(of, ({ cacheWrite }) => cacheWrite) }]
  },
  'genai-cache-rate-over-time': (works, question) =>
    overTime(works, question).flatMap(([atMs, of]) => {
      const input = sum(of, (work) => (work.reportsCached ? work.input : 0))
      return input === 0 ? [] : [{ atMs, rate: sum(of, ({ cached }) => cached) / input }]
    }),
  'genai-tokens-over-time': (works, question) =>
    overTime(works, question).flatMap(([atMs, of]) =>
      groups(of, ({ service }) => service).map(([service, own]) => ({
        ...{ atMs, service, tokens: tokensOf(own) },
        ...{ input: sum(own, ({ input }) => input), output: sum(own, ({ output }) => output) },
      })),
    ),
  'genai-tokens-by-model': (works, question) =>
    groups(callsOf(works, question), ({ name }) => name).map(([model, of]) => {
      const priced = of.filter(({ failed }) => !failed).map((work) => (work.reportsUsage ? costOf(work) : null))
      const costs = priced.filter((cost) => cost !== null)
      const reported = of.map(({ reportedUsd }) => reportedUsd).filter((cost) => cost !== null)
      return {
        ...{ model, tokens: tokensOf(of), input: sum(of, ({ input }) => input) },
        ...{ cached: sum(of, ({ cached }) => cached), output: sum(of, ({ output }) => output) },
        costUsd: costs.length === 0 ? null : sum(costs, (cost) => cost),
        reportedUsd: reported.length === 0 ? null : sum(reported, (cost) => cost),
        leftOut: priced.length - costs.length,
      }
    }),
  'genai-model-distribution': (works, question) =>
    groups(callsOf(works, question), ({ name }) => name).map(([model, of]) => ({ model, calls: of.length })),
  'error-rate': (works, question) => {
    const of = callsOf(works, question)
    const failed = of.filter((work) => work.failed).length
    return [{ rate: share(failed, of.length), calls: of.length, failed }]
  },
  'requests-over-time': (works, question) =>
    overTime(works, question).map(([atMs, of]) => {
      const failed = of.filter((work) => work.failed).length
      return { atMs, completed: of.length - failed, failed }
    }),
  'request-duration': (works, question) =>
    overTime(works, question).flatMap(([atMs, of]) => {
      const ms = of.filter(({ failed }) => !failed).map(({ durationMs }) => durationMs)
      return ms.length === 0 ? [] : [{ atMs, p50: percentile(ms, 50), p95: percentile(ms, 95) }]
    }),
  services: (works, question) =>
    groups(callsOf(works, question), ({ service, language }) => `${service}\n${language}`).map(([key, of]) => ({
      ...{ service: key.split('\n')[0] ?? '', language: key.split('\n')[1] ?? '', calls: of.length },
      ...{ tokens: tokensOf(of), errors: of.filter(({ failed }) => failed).length },
    })),
  'recent-errors': (works, question) =>
    works
      .filter((work) => work.failed && counts(question, work))
      .map(({ kind, name, startNs, service, error, durationMs, traceId, spanId, event, sessionId }) => ({
        ...{ kind, name, atMs: msOf(startNs), service, error, durationMs, traceId, spanId, event, sessionId },
      })),
}

/** The newest hundred; a record names neither a model nor a user, so only its resource narrows it. */
export function newestLogs({ logs }: Records, question: Question): Row[] {
  const { source, appVersion } = question.filters
  return logs
    .filter((log) => within(question, log.atNs) && !/^codex[-_]/.test(log.resource['service.name'] ?? ''))
    .filter(({ resource }) => among(source, resource['service.name'] ?? ''))
    .filter(({ resource }) => among(appVersion, resource['service.version'] ?? ''))
    .sort((a, b) => (a.atNs < b.atNs ? 1 : a.atNs > b.atNs ? -1 : 0))
    .slice(0, 100)
    .map(({ atNs, resource, attributes, severity, event, body }) => ({
      ...{ atMs: msOf(atNs), timeNs: String(atNs), service: resource['service.name'] ?? '', severity },
      event: event || body,
      sessionId: attributes['session.id'] ?? null,
    }))
}
