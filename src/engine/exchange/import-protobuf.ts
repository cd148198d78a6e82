import { signal as signals, type Signal } from '../../model/signal.ts'
import { MalformedBody } from '../otlp/malformed.ts'
import { requestType } from '../otlp/schema.ts'
import { toJson } from '../otlp/to-json.ts'
import { ImportError } from './import-error.ts'
import type { ImportBody } from './import-json.ts'
import { splitRequest } from './split-request.ts'

type Message = Readonly<Record<string, unknown>>

const inside = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
} as const satisfies Record<Signal, readonly string[]>

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

/** A raw OTLP request body; which signal it is, the file's name tells, else its records do. Throws ImportError. */
export function protobufBodies(name: string, bytes: Buffer): ImportBody[] {
  const named = signals.options.filter((signal) => name.toLowerCase().includes(signal.slice(0, -1)))
  const candidates = named.length === 1 ? named : signals.options
  let why = 'it is no OTLP request of traces, logs or metrics'
  for (const signal of candidates) {
    try {
      const records = recordsOf(signal, bytes)
      if (records.length > 0 && (named.length === 1 || records.every(isRecord[signal])))
        return splitRequest(bytes).map((part) => ({ signal, bytes: part, sessionId: null }))
      if (named.length === 1) why = `it holds no ${signal}`
    } catch (error) {
      if (!(error instanceof MalformedBody)) throw error
      if (named.length === 1) why = `it is no OTLP request of ${signal}: ${error.message}`
    }
  }
  throw new ImportError(why)
}

function recordsOf(signal: Signal, bytes: Buffer): Message[] {
  const request: Message = toJson(requestType(signal))(bytes)
  return inside[signal].reduce<Message[]>(
    (messages, name) => messages.flatMap((message) => (message[name] as Message[] | undefined) ?? []),
    [request],
  )
}
