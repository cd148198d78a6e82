import { pointsOf } from './latency.ts'
import { ofModel, ofSessions, type Answer, type Known } from './known.ts'
import { buckets, groups, percentile, share, sum, type Question } from './question.ts'
import type { Attempt } from './facts.ts'
import type { Tool } from './tools.ts'

const statusOf = ({ status }: Attempt): string => (status === null ? 'no status' : String(status))

/** Requests beyond the first for the same response. */
export const retriesOf: Answer = ({ attempts }, question) => [
  { retries: ofModel(attempts, question).filter(({ again }) => again).length },
]

/** All that failed, and all that was tried: what completed, what broke off, and every failed request. */
function triesOf({ calls, broken, attempts }: Known, question: Question): Tried[] {
  return [
    ...ofModel(calls, question).map(({ atNs, model }) => ({ atNs, model, status: null })),
    ...ofModel(broken, question).map(({ atNs, model }) => ({ atNs, model, status: 'stream cut' })),
    ...ofModel(attempts, question)
      .filter(({ ok }) => !ok)
      .map((attempt) => ({ atNs: attempt.atNs, model: attempt.model, status: statusOf(attempt) })),
  ]
}

interface Tried {
  readonly atNs: bigint
  readonly model: string
  /** null: it did not fail. */
  readonly status: string | null
}

/** The captured commands are single programs without a subcommand, or lines of several. */
function ranBy({ name, server, commandLine }: Tool): string {
  if (server !== '') return `${server} · ${name}`
  const first = /^\w+/.exec(commandLine ?? '')?.[0]
  if (commandLine === null || first === undefined) return name
  return /[;|>]/.test(commandLine) ? `${first} … (script)` : first
}

export const reliability: Readonly<Record<string, Answer>> = {
  'api-success-rate': ({ calls, broken, attempts }, question) => {
    const completed = ofModel(calls, question).length
    const cut = ofModel(broken, question).length
    const refused = ofModel(attempts, question).filter(({ gaveUp }) => gaveUp).length
    return [{ rate: share(completed, completed + cut + refused), completed, broken: cut, refused }]
  },
  'api-errors': ({ broken, attempts }, question) => {
    const errors = [
      ...ofModel(attempts, question)
        .filter(({ ok }) => !ok)
        .map((attempt) => ({ model: attempt.model, status: statusOf(attempt) })),
      ...ofModel(broken, question).map(({ model }) => ({ model, status: 'stream cut' })),
    ]
    return groups(errors, ({ model }) => model).flatMap(([model, of]) =>
      groups(of, ({ status }) => status).map(([status, own]) => ({ model, status, errors: own.length })),
    )
  },
  'api-error-rate-by-model': (known, question) =>
    buckets(question, triesOf(known, question), ({ atNs }) => atNs).flatMap(([atMs, tried]) =>
      groups(tried, ({ model }) => model).map(([model, of]) => ({
        ...{ atMs, model, rate: share(of.filter(({ status }) => status !== null).length, of.length) },
      })),
    ),
  'api-error-rate-by-status': (known, question) =>
    buckets(question, triesOf(known, question), ({ atNs }) => atNs).flatMap(([atMs, tried]) =>
      groups(
        tried.filter(({ status }) => status !== null),
        ({ status }) => status ?? '',
      ).map(([status, of]) => ({ atMs, status, rate: share(of.length, tried.length) })),
    ),
  'biggest-contributors': ({ tools }, question) =>
    groups(ofSessions(tools, question), ranBy)
      .map(([command, of]) => ({
        ...{ command, calls: of.length, failed: of.filter(({ success }) => !success).length },
        ranMs: sum(of, ({ ranMs }) => ranMs),
      }))
      .filter(({ ranMs }) => ranMs > 0),
  'tool-success-over-time': ({ tools }, question) =>
    buckets(question, ofSessions(tools, question), ({ atNs }) => atNs).map(([atMs, of]) => ({
      atMs,
      rate: share(of.filter(({ success }) => success).length, of.length),
      clean: share(of.filter(({ success, exitCode }) => success && (exitCode ?? 0) === 0).length, of.length),
    })),
  'websocket-total': ({ attempts }, question) => {
    const of = ofModel(attempts, question)
    const requests = of.filter(({ kind }) => kind === 'websocket')
    return [
      {
        ...{ requests: requests.length, failed: requests.filter(({ ok }) => !ok).length },
        unopened: of.filter(({ kind, ok }) => kind === 'connect' && !ok).length,
      },
    ]
  },
  'tool-success-rate': ({ tools }, question) =>
    groups(ofSessions(tools, question), ({ name }) => name).map(([tool, of]) => {
      const failed = of.filter(({ success }) => !success).length
      return {
        ...{ tool, rate: share(of.length - failed, of.length), calls: of.length, failed },
        nonZero: of.filter(({ success, exitCode }) => success && exitCode !== null && exitCode !== 0).length,
      }
    }),
  'mcp-calls': ({ tools }, question) =>
    groups(
      ofSessions(tools, question).filter(({ server }) => server !== ''),
      ({ server, name }) => `${server}\n${name}`,
    ).map(([key, of]) => ({
      ...{ server: key.split('\n')[0] ?? '', tool: key.split('\n')[1] ?? '', calls: of.length },
      failed: of.filter(({ success }) => !success).length,
      p95: percentile(
        of.map(({ ranMs }) => ranMs),
        95,
      ),
    })),
  'websocket-requests': (known, question) => {
    const tried = ofModel(known.attempts, question).filter(
      ({ kind, ok }) => kind === 'websocket' || (kind === 'connect' && !ok),
    )
    const attempts = new Map(buckets(question, tried, ({ atNs }) => atNs))
    const metric = new Map(buckets(question, pointsOf(known, question, 'codex.websocket.request'), ({ atNs }) => atNs))
    return [...new Set([...attempts.keys(), ...metric.keys()])].map((atMs) => {
      const of = attempts.get(atMs) ?? []
      const requests = of.filter(({ kind }) => kind === 'websocket')
      const points = metric.get(atMs)
      return {
        ...{ atMs, succeeded: requests.filter(({ ok }) => ok).length, failed: requests.filter(({ ok }) => !ok).length },
        unconnected: of.length - requests.length,
        metric: points === undefined ? null : sum(points, (point) => point.sum),
      }
    })
  },
}
