import { calcPrice } from '@pydantic/genai-prices'
import type { Call } from './facts.ts'
import { ofModel, type Answer } from './known.ts'
import { buckets, groups, percentile, share, sum } from './question.ts'

const input = (calls: readonly Call[]): number => sum(calls, (call) => call.input)
const cached = (calls: readonly Call[]): number => sum(calls, (call) => call.cached)
const output = (calls: readonly Call[]): number => sum(calls, (call) => call.output)
const reasoning = (calls: readonly Call[]): number => sum(calls, (call) => call.reasoning)

/** By the dollars a million tokens of the price list; null for a model that is not in it. No capture reaches a long-context tier. */
export function costOf({ model, input, cached, cacheWrite, output, atNs }: Call): number | null {
  const timestamp = new Date(Number(atNs / 1_000_000n))
  const price = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, {
    providerId: 'openai',
    timestamp,
  })?.model_price
  if (price === undefined) return null
  const rate = (of: unknown): number =>
    typeof of === 'number' ? of : typeof of === 'object' && of !== null && 'base' in of ? Number(of.base) : NaN
  const uncached = (input - cached - cacheWrite) * rate(price.input_mtok)
  return (uncached + cached * rate(price.cache_read_mtok) + output * rate(price.output_mtok)) / 1e6
}

/** Null when there are calls and none of them has a price. */
export function knownCost(calls: readonly Call[]): number | null {
  const costs = calls.map(costOf).filter((cost) => cost !== null)
  return calls.length > 0 && costs.length === 0 ? null : sum(costs, (cost) => cost)
}

export const tokens: Readonly<Record<string, Answer>> = {
  'tokens-total': ({ calls }, question) => {
    const of = ofModel(calls, question)
    return [{ input: input(of), output: output(of), reasoning: reasoning(of) }]
  },
  'tokens-cached': ({ calls }, question) => [{ cached: cached(ofModel(calls, question)) }],
  'cache-rate': ({ calls }, question) => {
    const of = ofModel(calls, question)
    return [{ rate: share(cached(of), input(of)), cacheWrite: sum(of, ({ cacheWrite }) => cacheWrite) }]
  },
  'cache-rate-over-time': ({ calls }, question) =>
    buckets(question, ofModel(calls, question), ({ atNs }) => atNs).map(([atMs, of]) => ({
      atMs,
      rate: share(cached(of), input(of)),
    })),
  'tokens-over-time': ({ calls }, question) =>
    buckets(question, ofModel(calls, question), ({ atNs }) => atNs).map(([atMs, of]) => ({
      ...{ atMs, cached: cached(of), uncached: input(of) - cached(of) },
      ...{ output: output(of) - reasoning(of), reasoning: reasoning(of) },
    })),
  'tokens-over-time-by-model': ({ calls }, question) =>
    buckets(question, ofModel(calls, question), ({ atNs }) => atNs).flatMap(([atMs, of]) =>
      groups(of, ({ model }) => model).map(([model, own]) => ({ atMs, model, tokens: input(own) + output(own) })),
    ),
  'cost-over-time': ({ calls }, question) =>
    buckets(
      question,
      ofModel(calls, question).filter((call) => costOf(call) !== null),
      ({ atNs }) => atNs,
    ).flatMap(([atMs, of]) =>
      groups(of, ({ model }) => model).map(([model, own]) => ({ atMs, model, costUsd: knownCost(own) })),
    ),
  'tokens-by-model': ({ calls }, question) =>
    groups(ofModel(calls, question), ({ model }) => model).map(([model, of]) => ({
      ...{ model, tokens: input(of) + output(of), input: input(of), cached: cached(of), output: output(of) },
      costUsd: knownCost(of),
    })),
  'model-distribution': ({ calls }, question) =>
    groups(ofModel(calls, question), ({ model }) => model).map(([model, of]) => ({ model, calls: of.length })),
  'cost-total': ({ calls }, question) => {
    const of = ofModel(calls, question)
    const helped = of.filter(({ session }) => session.kind !== 'user')
    const cost = knownCost(of)
    return [
      {
        costUsd: cost,
        helpersShare: share(knownCost(helped) ?? 0, cost ?? 0),
        unpriced: of.filter((call) => costOf(call) === null).length,
      },
    ]
  },
  'burn-rate': ({ calls }, question) => {
    const last = (minutes: number): Call[] => ofModel(calls, { ...question, fromMs: question.toMs - minutes * 60_000 })
    const rate = (minutes: number): number => (input(last(minutes)) + output(last(minutes))) / minutes
    const of5 = knownCost(last(5))
    const midnight = new Date(question.toMs).setHours(0, 0, 0, 0)
    const today = ofModel(calls, { ...question, fromMs: midnight })
    return [
      {
        ...{ last5: rate(5), last60: rate(60), usdPerHour: knownCost(last(60)) },
        usdPerHourOf5: of5 === null ? null : of5 * 12,
        // No rule sets a budget here.
        ...{ usdToday: knownCost(today) ?? 0, budgetUsd: null, ofBudget: null },
      },
    ]
  },
  'burn-rate-by-model': ({ calls }, question) =>
    groups(
      ofModel(calls, { ...question, fromMs: question.toMs - 3_600_000 }),
      ({ model, session }) => `${model}\n${session.environment}`,
    ).map(([key, of]) => ({
      ...{ model: key.split('\n')[0] ?? '', environment: key.split('\n')[1] ?? '', calls: of.length },
      ...{ perMinute: (input(of) + output(of)) / 60, usdPerHour: knownCost(of) },
    })),
  'reasoning-effort': ({ calls }, question) =>
    groups(ofModel(calls, question), ({ model, effort }) => `${model}\n${effort}`).map(([key, of]) => ({
      ...{ model: key.split('\n')[0] ?? '', effort: key.split('\n')[1] ?? '', calls: of.length },
      perCall: reasoning(of) / of.length,
      p95: percentile(
        of.flatMap(({ durationMs }) => durationMs ?? []),
        95,
      ),
      costUsd: knownCost(of),
    })),
  'requests-per-user': ({ calls }, question) =>
    groups(ofModel(calls, question), ({ session }) => session.user || 'not set').map(([user, of]) => ({
      ...{ user, calls: of.length, tokens: input(of) + output(of) },
    })),
}
