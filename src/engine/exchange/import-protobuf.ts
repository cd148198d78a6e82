import { signal as signals, type Signal } from '../../model/signal.ts'
import { MalformedBody } from '../otlp/malformed.ts'
import { readMessage, type OtlpObject } from '../otlp/read-message.ts'
import { requestType } from '../otlp/schema.ts'
import { shapeOf, type Shape } from '../otlp/shape.ts'
import { Cursor } from '../otlp/wire/cursor.ts'
import { ImportError } from './import-error.ts'
import type { ImportBody } from './import-json.ts'
import type { Reading } from './import-source.ts'
import { joined, partsOf } from './request-parts.ts'
import { splitRequest } from './split-request.ts'

type Message = Readonly<Record<string, unknown>>

/** What tells a record of one signal from the same bytes read as another's. */
const isRecord: Readonly<Record<Signal, (record: Message) => boolean>> = {
  traces: ({ traceId, spanId }) => isId(traceId, 32) && isId(spanId, 16),
  logs: ({ timeUnixNano, observedTimeUnixNano }) => timeUnixNano !== undefined || observedTimeUnixNano !== undefined,
  metrics: ({ name, gauge, sum, histogram, exponentialHistogram, summary }) =>
    typeof name === 'string' &&
    [gauge, sum, histogram, exponentialHistogram, summary].some((data) => data !== undefined),
}

function isId(value: unknown, digits: number): boolean {
  return typeof value === 'string' && value.length === digits
}

/** So many records are looked at before others get a turn. */
const recordsAtOnce = 500

/** A raw OTLP request body; which signal it is, the file's name tells, else its records do. Throws ImportError. */
export async function protobufBodies(
  name: string,
  bytes: Buffer,
  { pause }: Pick<Reading, 'pause'>,
): Promise<ImportBody[]> {
  const named = signals.options.filter((signal) => name.toLowerCase().includes(signal.slice(0, -1)))
  const candidates = named.length === 1 ? named : signals.options
  let why = 'it is not an OTLP request of traces, logs or metrics'
  for (const signal of candidates) {
    try {
      let count = 0
      let areAll = true
      for (const record of recordsOf(signal, bytes)) {
        if (++count % recordsAtOnce === 0) await pause()
        areAll &&= isRecord[signal](record)
        if (!areAll && named.length !== 1) break
      }
      if (count > 0 && (named.length === 1 || areAll))
        return splitRequest(bytes).map((part) => ({ signal, bytes: part, sessionId: null, line: null }))
      if (named.length === 1) why = `it holds no ${signal}`
    } catch (error) {
      if (!(error instanceof MalformedBody)) throw error
      if (named.length === 1) why = `it is not an OTLP request of ${signal}: ${error.message}`
    }
  }
  throw new ImportError(why)
}

/** Each record, one at a time: all of them in memory would take many times the room of the request. Throws MalformedBody. */
function* recordsOf(signal: Signal, bytes: Buffer): Generator<Message, void> {
  const group = inside(shapeOf(requestType(signal)), 1)
  const scope = inside(group, 2)
  const record = inside(scope, 2)
  for (const { heads, items } of partsOf(bytes)) {
    read(joined(bytes, heads), group)
    for (const part of items) {
      read(joined(bytes, part.heads), scope)
      for (const { at } of part.items) {
        const cursor = new Cursor(bytes)
        cursor.position = at
        const length = cursor.length()
        yield read(bytes.subarray(cursor.position, cursor.position + length), record)
      }
    }
  }
}

function inside(shape: Shape, number: number): Shape {
  const message = shape.byNumber[number]?.message
  if (!message) throw new Error(`${shape.name} holds no message in ${String(number)}`)
  return message
}

function read(bytes: Uint8Array, shape: Shape): Message {
  const into: OtlpObject = {}
  readMessage(new Cursor(bytes), shape, into, 0)
  return into
}
