import type { ParsedParams, Value } from '../../contract/index.ts'
import { eventsOfOne } from '../../contract/span-events.ts'
import { Cursor } from '../otlp/wire/cursor.ts'
import { decompress } from '../store/compression.ts'
import type { Db } from '../store/database.ts'

type Answer = Value<'span.events'>['spans'][number]

/** Names and times of the events of some spans. Of each body that holds any, once unpacked, nothing else is decoded. */
export function spanEvents(db: Db, { spans }: ParsedParams<'span.events'>): Value<'span.events'> {
  const find = db.prepare<[Buffer, bigint], { body: number; at: number }>(
    'SELECT body, at FROM span WHERE trace = (SELECT id FROM trace WHERE trace_id = ?) AND span_id = ?',
  )
  const bodyOf = db.prepare<[number], { codec: number; bytes: Buffer }>('SELECT codec, bytes FROM body WHERE id = ?')
  const placed = spans.flatMap(({ traceId, spanId }, index) => {
    const place = find.get(Buffer.from(traceId, 'hex'), BigInt.asIntN(64, BigInt(`0x${spanId}`)))
    return place === undefined ? [] : [{ traceId, spanId, index, ...place }]
  })
  const found: { index: number; answer: Answer }[] = []
  for (const body of new Set(placed.map(({ body }) => body))) {
    const stored = bodyOf.get(body)
    if (stored === undefined) continue
    const bytes = decompress(stored.codec, stored.bytes)
    for (const { index, traceId, spanId, at } of placed.filter((place) => place.body === body))
      found.push({ index, answer: { traceId, spanId, ...eventsAt(bytes, at) } })
  }
  return { spans: found.sort((a, b) => a.index - b.index).map(({ answer }) => answer) }
}

/** opentelemetry-proto, trace.proto: Span.events is field 11. */
function eventsAt(bytes: Buffer, at: number): Pick<Answer, 'events' | 'left'> {
  const events: Answer['events'] = []
  let count = 0
  const cursor = new Cursor(bytes, at)
  const end = cursor.length() + cursor.position
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag !== 90) cursor.skip(tag & 7)
    else if (++count > eventsOfOne) cursor.skip(2)
    else events.push(readEvent(cursor))
  }
  return { events: events.sort((a, b) => a.timeMs - b.timeMs), left: count - events.length }
}

/** Span.Event: its time is field 1, its name field 2. */
function readEvent(cursor: Cursor): Answer['events'][number] {
  const end = cursor.length() + cursor.position
  let timeNs = 0n
  let name = ''
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 9) timeNs = cursor.fixed64()
    else if (tag === 18) name = cursor.text()
    else cursor.skip(tag & 7)
  }
  return { name, timeMs: Number(timeNs / 1_000_000n) + Number(timeNs % 1_000_000n) / 1e6 }
}
