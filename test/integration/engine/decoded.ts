import { requestType } from '../../../src/engine/otlp/schema.ts'
import type { Signal } from '../../../src/model/signal.ts'
import { asProtobuf, type CapturedBody } from '../../captures.ts'

/** What a body holds, by protobufjs' own decoding of the whole message: another way than the one under test. */
export interface DecodedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly name: string
  /** Only texts: `thread.id` is a conversation where it is text, and a number of the system else. */
  readonly texts: ReadonlyMap<string, string>
}

type Message = Readonly<Record<string, unknown>>

const groupNames = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
} as const satisfies Record<Signal, readonly string[]>

function records(body: CapturedBody): Message[] {
  const { signal, bytes } = asProtobuf(body)
  const request = requestType(signal).toObject(requestType(signal).decode(bytes), { arrays: true }) as Message
  return groupNames[signal].reduce<Message[]>(
    (messages, name) => messages.flatMap((message) => message[name] as Message[]),
    [request],
  )
}

/** All spans of the bodies, each once: Codex sends none twice, but a body may be repeated. */
export function decodeSpans(bodies: readonly CapturedBody[]): DecodedSpan[] {
  const spans = bodies
    .filter(({ signal }) => signal === 'traces')
    .flatMap(records)
    .map(decodeSpan)
  return [...new Map(spans.map((span) => [`${span.traceId} ${span.spanId}`, span])).values()]
}

function decodeSpan(span: Message): DecodedSpan {
  const attributes = span['attributes'] as { key: string; value?: { stringValue?: string } }[]
  return {
    traceId: hex(span['traceId']),
    spanId: hex(span['spanId']),
    parentId: hex(span['parentSpanId']),
    name: (span['name'] as string | undefined) ?? '',
    texts: new Map(attributes.flatMap(({ key, value }) => (value?.stringValue ? [[key, value.stringValue]] : []))),
  }
}

function hex(bytes: unknown): string {
  return Buffer.from((bytes ?? []) as Uint8Array).toString('hex')
}

export function countRecords(bodies: readonly CapturedBody[]): { span: number; log: number; metric_point: number } {
  const of = (signal: Signal): Message[] => bodies.filter((body) => body.signal === signal).flatMap(records)
  return { span: decodeSpans(bodies).length, log: of('logs').length, metric_point: sum(of('metrics').map(countPoints)) }
}

function countPoints(metric: Message): number {
  const data = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'].map((kind) => metric[kind])
  return sum(data.map((kind) => ((kind as Message | undefined)?.['dataPoints'] as unknown[] | undefined)?.length ?? 0))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** The conversations that each trace names. */
export function conversationsByTrace(spans: readonly DecodedSpan[]): Map<string, Set<string>> {
  const traces = new Map<string, Set<string>>()
  for (const { traceId, texts } of spans) {
    const named = traces.get(traceId) ?? new Set<string>()
    traces.set(traceId, named)
    for (const key of ['conversation.id', 'thread_id', 'thread.id']) {
      const conversation = texts.get(key)
      if (conversation !== undefined) named.add(conversation)
    }
  }
  return traces
}
