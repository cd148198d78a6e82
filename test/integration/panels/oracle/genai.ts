import { calcPrice } from '@pydantic/genai-prices'
import { wordsOfLog } from '../../../../src/model/log-words.ts'
import type { Records } from './records.ts'
import {
  among,
  average,
  buckets,
  groups,
  msOf,
  percentile,
  share,
  sum,
  within,
  type Question,
  type Row,
} from './question.ts'
import type { Work } from './works.ts'

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
  const options = { providerId: provider.replace('gcp.gemini', 'google'), timestamp: new Date(msOf(startNs)) }
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
        leftOut: priced.length - costs.length || null,
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
  agents: (works, question) =>
    groups(
      works.filter((work) => work.kind === 'agent' && counts(question, work)),
      ({ name, service }) => `${name}\n${service}`,
    ).map(([key, of]) => {
      const ms = of.map(({ durationMs }) => durationMs)
      return {
        ...{ agent: key.split('\n')[0] ?? '', service: key.split('\n')[1] ?? '', runs: of.length },
        ...{ errors: of.filter(({ failed }) => failed).length, average: average(ms), p95: percentile(ms, 95) },
      }
    }),
  providers: (works, question) =>
    groups(callsOf(works, question), ({ provider }) => provider).map(([provider, of]) => {
      const costs = of
        .filter(({ failed, reportsUsage }) => !failed && reportsUsage)
        .map(costOf)
        .filter((cost) => cost !== null)
      return {
        ...{ provider, calls: of.length, tokens: tokensOf(of) },
        costUsd: costs.length === 0 ? null : sum(costs, (cost) => cost),
        errors: of.filter(({ failed }) => failed).length,
      }
    }),
  'finish-reasons': (works, question) =>
    groups(
      callsOf(works, question).flatMap((work) => work.finishReasons.map((reason) => ({ reason, output: work.output }))),
      ({ reason }) => reason,
    ).map(([reason, of]) => ({ reason, calls: of.length, output: sum(of, ({ output }) => output) })),
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
      message: wordsOfLog(event || body, attributes, body),
      sessionId: attributes['session.id'] ?? null,
    }))
}
