import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { text } from '../../model/attributes.ts'
import { secretPlaces } from '../../model/exchange/secret-places.ts'
import { mayHoldSecret, replaceSecrets } from '../../model/exchange/secrets.ts'
import type { Called } from '../../model/session/name.ts'
import type { OtlpObject } from '../otlp/read-message.ts'
import { attributesToObject, logToJson, spanToJson } from '../otlp/to-json.ts'
import { eachSpan } from '../otlp/wire/spans.ts'
import { calledFrom } from '../queries/called.ts'
import { messageAt, type RecordReader } from '../queries/records.ts'
import { decompress } from '../store/compression.ts'
import type { Db } from '../store/database.ts'
import { timeKeeper } from '../store/span-times.ts'
import { nanosecondsOf, refuseReversed } from './range.ts'
import { conversationsAmong, sessionsAmong } from './sessions-among.ts'
import { bodiesOfSpans, conversationOfTrace } from './spans.ts'

type Answer = Value<'explore.secrets'>
type Found = Omit<Answer['found'][number], 'session'>
type Step = Pick<Answer, 'looked' | 'next' | 'lookedBackToMs'> & { readonly found: readonly Found[] }

/** A step takes about this long, so that whoever looks can stop, and what waits for the thread goes on. */
const budgetMs = 250
const mostFound = 200

/**
 * Records of a range that hold what looks like a secret, a step at a time: logs from the newest back, then spans, those that arrived last
 * first. What is told of a secret is its kind and its place, never itself.
 */
export function exploreSecrets(
  db: Db,
  records: RecordReader,
  params: ParsedParams<'explore.secrets'>,
  silenceMs: number,
): Answer {
  refuseReversed(params)
  const [, signal = 'log', first = '', id = ''] = /^(log|span):(\d{1,19}):(\d{1,15})$/.exec(params.after ?? '') ?? []
  if (params.after !== undefined && id === '')
    throw new ProcedureError('bad_request', 'after: not a position in this list')
  const place = id === '' || first === '0' ? null : { first, id: Number(id) }
  const step = signal === 'log' ? inLogs(db, records, params, silenceMs, place) : inSpans(db, params, silenceMs, place)
  const calledOf = calledFrom(db)
  const found = step.found.map((one) => ({ ...one, session: withoutSecrets(calledOf(one.sessionId)) }))
  return { ...step, found }
}

/** The prompt that a secret stands in may be what its session is called by. */
export function withoutSecrets({ title, ...called }: Called): Called {
  return { ...called, title: title && replaceSecrets(title, () => undefined) }
}

/** What a log record holds, and of which call; null where it holds none. */
export function secretsOfLog(record: OtlpObject): Pick<Found, 'places' | 'callId'> | null {
  const places = secretPlaces(record)
  return places.length === 0 ? null : { places, callId: text(attributesToObject(record['attributes']), 'call_id') }
}

type Place = { readonly first: string; readonly id: number } | null
type Params = ParsedParams<'explore.secrets'>

/** Behind the last log the spans begin. */
const spansBegin = 'span:0:0'

function inLogs(db: Db, records: RecordReader, params: Params, silenceMs: number, place: Place): Step {
  const { fromMs, toMs, filters } = params
  const rows = db
    .prepare<
      object,
      { id: number; timeNs: string; timeMs: number; name: string; sessionId: string | null; body: number; at: number }
    >(
      `SELECT log.id, CAST(time_ns AS TEXT) AS timeNs, time_ns / 1e6 AS timeMs, name.text AS name,
         (SELECT id FROM session WHERE id = conversation.id) AS sessionId, body, at
       FROM log INDEXED BY log_time JOIN name ON name.id = log.name LEFT JOIN conversation ON conversation.key = log.conversation
       WHERE time_ns >= @from AND time_ns < @to AND (@ns IS NULL OR time_ns < CAST(@ns AS INTEGER) OR (time_ns = CAST(@ns AS INTEGER) AND log.id < @id))
         AND (@conversations IS NULL OR log.conversation IN (SELECT value FROM json_each(@conversations)))
       ORDER BY time_ns DESC, log.id DESC`,
    )
    .iterate({
      ...nanosecondsOf({ fromMs, toMs }),
      ...(place === null ? { ns: null, id: null } : { to: BigInt(place.first) + 1n, ns: place.first, id: place.id }),
      conversations: conversationsAmong(db, filters, { fromMs, toMs }, silenceMs),
    })
  const step = begun()
  for (const { id, timeNs, timeMs, name, sessionId, body, at } of rows) {
    step.looked++
    const bytes = records.logBytes(body, at)
    if (mayHoldSecret(bytes.toString('latin1'))) {
      const held = secretsOfLog(logToJson(bytes))
      if (held !== null)
        step.found.push({ ref: `log:${body}:${at}`, timeMs, name, sessionId, ...held, traceId: null, spanId: null })
    }
    if (step.isFull()) return step.ended(`log:${timeNs}:${id}`, timeMs)
  }
  return step.ended(spansBegin, fromMs)
}

function inSpans(db: Db, { fromMs, toMs, filters }: Params, silenceMs: number, place: Place): Step {
  const sessionOf = conversationOfTrace(db)
  const isWanted = sessionsWanted(db, filters, silenceMs)
  const bodies = bodiesOfSpans(db, fromMs, place === null ? null : { ms: Number(place.first), id: place.id })
  const step = begun()
  for (const { id, receivedMs, codec, bytes } of bodies) {
    // One without a time that can be is of when it arrived.
    const keepPlausible = timeKeeper(receivedMs)
    eachSpan(decompress(codec, bytes), (view) => {
      keepPlausible(view)
      const { bytes: body, at, traceIdAt, spanIdAt } = view
      const timeMs = (view.startHigh * 2 ** 32 + view.startLow) / 1e6
      if (timeMs < fromMs || timeMs >= toMs || traceIdAt < 0 || spanIdAt < 0) return
      step.looked++
      const span = messageAt(body, at)
      if (!mayHoldSecret(span.toString('latin1'))) return
      const record = spanToJson(span)
      const places = secretPlaces(record)
      if (places.length === 0) return
      const traceId = body.toString('hex', traceIdAt, traceIdAt + 16)
      const sessionId = sessionOf(traceId)
      if (!isWanted(sessionId)) return
      const name = typeof record['name'] === 'string' ? record['name'] : ''
      const spanId = body.toString('hex', spanIdAt, spanIdAt + 8)
      step.found.push({ ref: `span:${id}:${at}`, timeMs, name, sessionId, places, callId: null, traceId, spanId })
    })
    if (step.isFull()) return step.ended(`span:${receivedMs}:${id}`, Math.min(receivedMs, toMs))
  }
  return step.ended(null, fromMs)
}

function sessionsWanted(db: Db, filters: Params['filters'], silenceMs: number): (id: string | null) => boolean {
  const among = sessionsAmong(db, filters, silenceMs)
  if (among === null) return () => true
  const fits = db.prepare<object, number>(`SELECT 1 FROM session WHERE id = @id AND ${among.sql}`).pluck()
  return (id) => id !== null && fits.get({ id, ...among.bound }) !== undefined
}

function begun() {
  const until = performance.now() + budgetMs
  const found: Found[] = []
  return {
    found,
    looked: 0,
    isFull: (): boolean => found.length >= mostFound || performance.now() > until,
    ended(next: string | null, lookedBackToMs: number): Step {
      return { found, looked: this.looked, next, lookedBackToMs }
    },
  }
}
