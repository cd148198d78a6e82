import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { eachSpan, type SpanView } from '../otlp/wire/spans.ts'
import { calledFrom } from '../queries/called.ts'
import { timeKeeper } from '../store/span-times.ts'
import { decompress } from '../store/compression.ts'
import type { Db } from '../store/database.ts'
import { origins } from '../store/origins.ts'
import { signalNumbers } from '../store/signal-numbers.ts'
import { refuseReversed } from './range.ts'

const budgetMs = 400
const statuses = ['unset', 'ok', 'error'] as const

interface BodyRow {
  readonly id: number
  readonly receivedMs: number
  readonly codec: number
  readonly bytes: Buffer
}

type Span = Omit<Value<'explore.spans'>['spans'][number], 'sessionId' | 'session'>
type Choice = Pick<
  ParsedParams<'explore.spans'>,
  'fromMs' | 'toMs' | 'name' | 'service' | 'minDurationMs' | 'text' | 'after'
>

/**
 * Spans of all sessions, those that arrived last first: bodies are read from the newest back, so no index over every span is needed.
 * A page ends when it is full or its time is up, and says how far back it has looked.
 */
export function exploreSpans(db: Db, params: ParsedParams<'explore.spans'>): Value<'explore.spans'> {
  const spans: Span[] = []
  const step = eachBody(db, params, (ofBody) => {
    // A page may be longer than asked for by the rest of a body: no span is left out between two pages.
    spans.push(...ofBody.sort((a, b) => b.startMs - a.startMs))
    return spans.length >= params.limit
  })
  const conversation = conversationOfTrace(db)
  const calledOf = calledFrom(db)
  return {
    ...step,
    spans: spans.map((span) => {
      const sessionId = conversation(span.traceId)
      return { ...span, sessionId, session: calledOf(sessionId) }
    }),
  }
}

/** The same spans added up by name, of as many as a step has looked at. */
export function exploreSpanNames(db: Db, params: ParsedParams<'explore.spanNames'>): Value<'explore.spanNames'> {
  const sums = new Map<string, { count: number; ms: number; longestMs: number }>()
  const step = eachBody(db, params, (ofBody) => {
    for (const { name, durationMs } of ofBody) {
      const { count, ms, longestMs } = sums.get(name) ?? { count: 0, ms: 0, longestMs: 0 }
      const took = durationMs ?? 0
      sums.set(name, { count: count + 1, ms: ms + took, longestMs: Math.max(longestMs, took) })
    }
    return false
  })
  return { ...step, names: [...sums].map(([name, sum]) => ({ name, ...sum })) }
}

/** Bodies that may hold spans from `fromMs` on, those that arrived last first. A span arrives after it began; what is imported may be of any time. */
export function bodiesOfSpans(
  db: Db,
  fromMs: number,
  before: { readonly ms: number; readonly id: number } | null,
): IterableIterator<BodyRow> {
  return db
    .prepare<object, BodyRow>(
      `SELECT id, received_ms AS receivedMs, codec, bytes FROM body
       WHERE signal = ${signalNumbers.traces} AND (received_ms >= @from OR origin <> ${origins.received})
         AND (@ms IS NULL OR (received_ms, id) < (@ms, @id)) ORDER BY received_ms DESC, id DESC`,
    )
    .iterate({ from: fromMs, ms: before?.ms ?? null, id: before?.id ?? null })
}

/** Gives the spans of each body that fit, until they are enough or the time is up. */
function eachBody(
  db: Db,
  { fromMs, toMs, name, service, minDurationMs, text, after }: Choice,
  areEnough: (spans: Span[]) => boolean,
): { next: string | null; lookedBackToMs: number } {
  refuseReversed({ fromMs, toMs })
  const bodies = bodiesOfSpans(db, fromMs, after === undefined ? null : cursorOf(after))
  const words = text.trim().toLowerCase()
  const wanted = { name: name.trim().toLowerCase(), service: service.trim().toLowerCase() }
  const until = performance.now() + budgetMs
  let last: BodyRow | null = null
  let isFull = false
  for (const body of bodies) {
    if (last !== null && (isFull || performance.now() > until))
      return { next: `${last.receivedMs}:${last.id}`, lookedBackToMs: Math.min(last.receivedMs, toMs) }
    last = body
    const ofBody: Span[] = []
    const keepPlausible = timeKeeper(body.receivedMs)
    eachSpan(decompress(body.codec, body.bytes), (view, sender) => {
      if (!sender.service.toLowerCase().includes(wanted.service)) return
      keepPlausible(view)
      const span = describe(body.id, view, sender.service)
      if (span === null || span.startMs < fromMs || span.startMs >= toMs || (span.durationMs ?? 0) < minDurationMs)
        return
      if (!span.name.toLowerCase().includes(wanted.name) || !holds(view, words)) return
      ofBody.push(span)
    })
    isFull = areEnough(ofBody)
  }
  return { next: null, lookedBackToMs: fromMs }
}

function describe(body: number, view: SpanView, service: string): Span | null {
  const { bytes, traceIdAt, spanIdAt, parentIdAt } = view
  if (traceIdAt < 0 || spanIdAt < 0) return null
  const startMs = (view.startHigh * 2 ** 32 + view.startLow) / 1e6
  const endMs = (view.endHigh * 2 ** 32 + view.endLow) / 1e6
  return {
    ref: `span:${body}:${view.at}`,
    traceId: bytes.toString('hex', traceIdAt, traceIdAt + 16),
    spanId: bytes.toString('hex', spanIdAt, spanIdAt + 8),
    parentId: parentIdAt < 0 ? null : bytes.toString('hex', parentIdAt, parentIdAt + 8),
    name: bytes.toString('utf8', view.nameStart, view.nameEnd),
    service,
    startMs,
    durationMs: endMs === 0 ? null : endMs - startMs,
    status: statuses[view.status] ?? 'unset',
  }
}

/** Protobuf keeps text as it is: a span's bytes say whether words occur in it. */
function holds({ bytes, at }: SpanView, words: string): boolean {
  if (words === '') return true
  let length = 0
  let start = at
  for (let shift = 0; start < bytes.length; shift += 7) {
    const byte = bytes[start++] ?? 0
    length += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  return bytes
    .toString('utf8', start, start + length)
    .toLowerCase()
    .includes(words)
}

/** The session that a trace is of, as hex. */
export function conversationOfTrace(db: Db): (traceId: string) => string | null {
  const find = db
    .prepare<[Buffer], string>(
      `SELECT conversation.id FROM trace JOIN trace_conversation ON trace_conversation.trace = trace.id
         JOIN conversation ON conversation.key = trace_conversation.conversation
         JOIN session ON session.id = conversation.id
       WHERE trace.trace_id = ? ORDER BY session.kind = 'app', session.id LIMIT 1`,
    )
    .pluck()
  const known = new Map<string, string | null>()
  return (traceId) => {
    const found = known.get(traceId)
    if (found !== undefined) return found
    const id = find.get(Buffer.from(traceId, 'hex')) ?? null
    known.set(traceId, id)
    return id
  }
}

function cursorOf(after: string): { ms: number; id: number } {
  const [ms, id, ...more] = after.split(':')
  if (more.length > 0 || !/^\d{1,15}$/.test(ms ?? '') || !/^\d{1,15}$/.test(id ?? ''))
    throw new ProcedureError('bad_request', 'after: not a position in this list')
  return { ms: Number(ms), id: Number(id) }
}
