import type { TrueConversation } from '../../../captures.ts'
import type { Log, Records, Span } from './records.ts'
import { among, groups, msOf, wholeMs, type Asked, type Question } from './question.ts'

/** One conversation: who it is comes from the run's own account of it, the rest from what its records say. */
export interface Session {
  readonly id: string
  readonly kind: TrueConversation['kind']
  readonly environment: string
  readonly originator: string
  readonly source: string
  readonly user: string
  readonly project: string
  readonly appVersion: string
  readonly terminal: string
  readonly batch: string
  readonly models: ReadonlySet<string>
  readonly firstNs: bigint
  readonly lastNs: bigint
  readonly spans: readonly Span[]
  readonly logs: readonly Log[]
}

export interface Fact {
  readonly session: Session
  readonly atNs: bigint
}

export interface Call extends Fact {
  readonly model: string
  readonly effort: string
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
  readonly reasoning: number
  /** From the request; from the headers where nothing tells of it. */
  readonly ttftMs: number | null
  /** Of the sampling that it ended; null without traces. */
  readonly durationMs: number | null
}

/** Where a process that outlasts its work, or a thread that waits to be unloaded, is only open. */
const outlasting = new Set(['session_loop', 'codex.exec'])

/** The only texts in which a span names its conversation. */
const conversationOf = ({ texts }: Span): string =>
  texts['conversation.id'] ?? texts['thread_id'] ?? texts['thread.id'] ?? ''

export function sessionsOf(records: Records, truth: readonly TrueConversation[]): Session[] {
  const logs = new Map(groups(records.logs, ({ attributes }) => attributes['conversation.id'] ?? ''))
  const spans = new Map(groups(records.spans, conversationOf))
  const byTrace = new Map(groups(records.spans, ({ traceId }) => traceId))
  return truth.map(({ conversation: id, kind }) => {
    const said = (logs.get(id) ?? []).sort(byTime)
    const named = spans.get(id) ?? []
    const attribute = (name: string): string => said.find((log) => log.attributes[name])?.attributes[name] ?? ''
    const lasting = named.filter(({ name }) => !outlasting.has(name))
    const moments = [
      ...said.map(({ atNs }) => atNs),
      ...lasting.flatMap(({ startNs, endNs }) => [startNs, endNs]),
    ].sort((a, b) => (a < b ? -1 : 1))
    const turns = new Set(named.map(({ texts }) => texts['turn.id']))
    const cwd = named
      .flatMap(({ traceId }) => byTrace.get(traceId) ?? [])
      .find(({ texts }) => texts['cwd'] !== undefined && turns.has(texts['turn_id']))
    return {
      ...{ id, kind, spans: named, logs: said },
      environment: said[0]?.resource['env'] ?? '',
      originator: attribute('originator'),
      source: said[0]?.resource['service.name'] ?? '',
      user: attribute('user.email') || attribute('user.account_id'),
      project: cwd?.texts['cwd'] ?? '',
      appVersion: attribute('app.version'),
      terminal: attribute('terminal.type'),
      batch: named.find(({ texts }) => texts['batch'])?.texts['batch'] ?? '',
      models: new Set(said.filter(completes).map(({ attributes }) => attributes['model'] ?? '')),
      firstNs: moments[0] ?? 0n,
      lastNs: moments.at(-1) ?? 0n,
    }
  })
}

/** Over HTTP a response ends in two records: only that with the tokens is the call. */
function completes({ event, attributes }: Log): boolean {
  return (
    event === 'codex.sse_event' &&
    attributes['event.kind'] === 'response.completed' &&
    attributes['input_token_count'] !== undefined
  )
}

export function callsOf(session: Session): Call[] {
  const samplings = session.spans.filter(({ name }) => name === 'codex.sampling')
  return session.logs.filter(completes).map(({ atNs, attributes }) => {
    const count = (name: string): number => Number(attributes[name] ?? 0)
    // A session samples one response after the other: the call is that of the latest sampling that had begun.
    const sampling = samplings
      .filter(({ startNs }) => startNs <= atNs)
      .sort((a, b) => (a.startNs < b.startNs ? 1 : -1))[0]
    return {
      ...{ session, atNs, model: attributes['model'] ?? '', effort: attributes['model_reasoning_effort'] ?? '' },
      input: count('input_token_count'),
      cached: count('cached_token_count'),
      cacheWrite: count('cache_write_token_count'),
      output: count('output_token_count'),
      reasoning: count('reasoning_token_count'),
      ttftMs:
        attributes['ttft_ms'] === undefined
          ? null
          : firstToken(
              session,
              atNs,
              Number(attributes['ttft_ms']),
              sampling !== undefined && atNs <= sampling.endNs + 2_000_000n ? sampling : undefined,
            ),
      durationMs: sampling === undefined ? null : wholeMs(sampling.startNs, sampling.endNs),
    }
  })
}

/** Milliseconds from the request to the first token: its log is written when the headers come, from which Codex counts. */
function firstToken(session: Session, endNs: bigint, ttftMs: number, sampling: Span | undefined): number {
  const fromNs = sampling?.startNs ?? responsesBefore(session, endNs)
  const tried = session.logs
    .filter(
      ({ event, attributes }) =>
        attemptKinds[event] !== undefined && (sampling !== undefined || attributes['endpoint'] !== '/models'),
    )
    .filter(({ event }) => sampling !== undefined || event !== 'codex.websocket_connect')
    .filter(({ atNs }) => atNs >= fromNs && atNs <= (sampling?.endNs ?? endNs))
    .sort(byTime)
  const answered = tried.findLast(isOk)
  if (answered === undefined)
    return sampling === undefined ? ttftMs : Math.min(ttftMs, wholeMs(sampling.startNs, sampling.endNs))
  const sentNs =
    sampling !== undefined && tried.every(isOk)
      ? sampling.startNs
      : answered.atNs - BigInt(Math.round(Number(answered.attributes['duration_ms'] ?? 0) * 1e6))
  const firstNs = answered.atNs + BigInt(ttftMs) * 1_000_000n
  return wholeMs(sentNs, sampling !== undefined && firstNs > sampling.endNs ? sampling.endNs : firstNs)
}

function responsesBefore({ logs }: Session, endNs: bigint): bigint {
  const isEnd = (log: Log): boolean =>
    completes(log) || (log.event === 'codex.sse_event' && log.attributes['error.message'] !== undefined)
  const ends = logs.filter((log) => isEnd(log) && log.atNs < endNs).map(({ atNs }) => atNs)
  return ends.reduce((last, at) => (at > last ? at : last), 0n)
}

export interface Broken extends Fact {
  readonly model: string
}

/** A response that broke off: its second record is a `response.completed` that tells the error. */
export function brokenOf(session: Session): Broken[] {
  return session.logs
    .filter(({ event, attributes }) => event === 'codex.sse_event' && attributes['error.message'] !== undefined)
    .filter(({ attributes }) => attributes['event.kind'] !== 'response.completed')
    .map(({ atNs, attributes }) => ({ session, atNs, model: attributes['model'] ?? '' }))
}

export interface Attempt extends Fact {
  readonly kind: 'http' | 'connect' | 'websocket'
  readonly model: string
  readonly status: number | null
  readonly ok: boolean
  /** Not the first of its response. */
  readonly again: boolean
  /** The last of a response that never came. */
  readonly gaveUp: boolean
}

const attemptKinds: Readonly<Record<string, Attempt['kind']>> = {
  'codex.api_request': 'http',
  'codex.websocket_connect': 'connect',
  'codex.websocket_request': 'websocket',
}

function isOk({ event, attributes }: Log): boolean {
  return event === 'codex.api_request'
    ? Number(attributes['http.response.status_code'] ?? 0) < 400 && attributes['error.message'] === undefined
    : attributes['success'] === 'true'
}

export function attemptsOf(session: Session): Attempt[] {
  const tried = session.logs.filter(
    ({ event, attributes }) => attemptKinds[event] !== undefined && attributes['endpoint'] !== '/models',
  )
  const ok = isOk
  const broken = brokenOf(session)
  const requests = tried.filter(({ event }) => event !== 'codex.websocket_connect')
  return tried.map((log) => {
    const i = requests.indexOf(log)
    const before = requests[i - 1]
    const status = log.attributes['http.response.status_code']
    return {
      ...{ session, atNs: log.atNs, model: log.attributes['model'] ?? '', ok: ok(log) },
      kind: attemptKinds[log.event] ?? 'http',
      status: status === undefined ? null : Number(status),
      // A request repeats the one before it when that failed, or its response broke off.
      again:
        before !== undefined &&
        i > 0 &&
        (!ok(before) || broken.some(({ atNs }) => before.atNs < atNs && atNs < log.atNs)),
      gaveUp: i === requests.length - 1 && !ok(log),
    }
  })
}

export interface Turn extends Fact {
  readonly endNs: bigint
  readonly ended: boolean
}

/** Every turn of the captures that ended has its own span; a run without one is open from its prompt to its last record. */
export function turnsOf(session: Session): Turn[] {
  const ended = session.spans
    .filter(({ name }) => name === 'session_task.turn')
    .map(({ startNs, endNs }): Turn => ({ session, atNs: startNs, endNs, ended: true }))
  const prompt = session.logs.find(({ event }) => event === 'codex.user_prompt')
  if (ended.length > 0 || prompt === undefined) return ended
  return [{ session, atNs: prompt.atNs, endNs: session.lastNs, ended: false }]
}

function byTime(a: Fact | Log, b: Fact | Log): number {
  return a.atNs < b.atNs ? -1 : a.atNs > b.atNs ? 1 : 0
}

/** Whether a session may count at all: all filters but the model. */
export function keepsSession(filters: Asked, session: Session): boolean {
  return (
    among(filters.environment, session.environment) &&
    among(filters.originator, session.originator) &&
    among(filters.source, session.source) &&
    among(filters.user, session.user) &&
    among(filters.project, session.project) &&
    among(filters.appVersion, session.appVersion) &&
    (filters.helpers !== false || session.kind === 'user')
  )
}

/** What has no model of its own counts in sessions that used it. */
export function usedModel({ model }: Asked, session: Session): boolean {
  return model === undefined || model.some((name) => session.models.has(name))
}

export function overlaps({ fromMs, toMs }: Question, { firstNs, lastNs }: Session): boolean {
  return msOf(firstNs) < toMs && msOf(lastNs) >= fromMs
}
