import { requestType } from '../../../../src/engine/otlp/schema.ts'
import type { Signal } from '../../../../src/model/signal.ts'
import { asProtobuf, type CapturedBody } from '../../../captures.ts'

/** Records as protobufjs decodes whole messages: another way than the app's own readers, which go over the bytes. */
interface Said {
  readonly resource: Attributes
  readonly attributes: Attributes
}

/** Everything as text, numbers and booleans too: Codex sends the same number in either form. */
export type Attributes = Readonly<Record<string, string>>

export interface Log extends Said {
  readonly atNs: bigint
  readonly event: string
  readonly severity: number
  readonly body: string
}

export interface Span extends Said {
  readonly id: string
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly name: string
  readonly startNs: bigint
  readonly endNs: bigint
  readonly failed: boolean
  /** Attributes that are text: `thread.id` is a conversation only then. */
  readonly texts: Attributes
}

export interface Point extends Said {
  readonly name: string
  readonly atNs: bigint
  readonly sum: number
  readonly count: number
}

export interface Records {
  readonly logs: readonly Log[]
  readonly spans: readonly Span[]
  readonly points: readonly Point[]
}

type Message = Readonly<Record<string, unknown>>

const levels = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
} as const

export function recordsOf(bodies: readonly CapturedBody[]): Records {
  return {
    logs: of(bodies, 'logs').map(logOf),
    // A span that comes twice is one.
    spans: [...new Map(of(bodies, 'traces').map((one) => [idOf(one.message), one])).values()].map(spanOf),
    points: of(bodies, 'metrics').flatMap(pointsOf),
  }
}

interface Found {
  readonly resource: Attributes
  readonly message: Message
}

function of(bodies: readonly CapturedBody[], signal: Signal): Found[] {
  const [resources, scopes, records] = levels[signal]
  return bodies
    .filter((body) => body.signal === signal)
    .flatMap((body) => {
      const type = requestType(signal)
      const options = { arrays: true, longs: String, bytes: Buffer }
      const request = type.toObject(type.decode(asProtobuf(body).bytes), options) as Message
      return list(request, resources).flatMap((group) => {
        const resource = attributesOf(group['resource'] as Message | undefined)
        return list(group, scopes)
          .flatMap((scope) => list(scope, records))
          .map((message) => ({ resource, message }))
      })
    })
}

function logOf({ resource, message }: Found): Log {
  const attributes = attributesOf(message)
  const time = ns(message['timeUnixNano'])
  return {
    ...{ resource, attributes, atNs: time === 0n ? ns(message['observedTimeUnixNano']) : time },
    event: attributes['event.name'] ?? '',
    severity: Number(message['severityNumber'] ?? 0),
    body: valueText(message['body']),
  }
}

function spanOf({ resource, message }: Found): Span {
  const of = (message['attributes'] as Message[]).filter((one) => 'stringValue' in ((one['value'] ?? {}) as Message))
  return {
    ...{ resource, attributes: attributesOf(message), texts: attributesOf({ attributes: of }), id: idOf(message) },
    ...{ traceId: hex(message['traceId']), spanId: hex(message['spanId']), parentId: hex(message['parentSpanId']) },
    name: text(message['name']),
    startNs: ns(message['startTimeUnixNano']),
    endNs: ns(message['endTimeUnixNano']),
    failed: (message['status'] as Message | undefined)?.['code'] === 2,
  }
}

function pointsOf({ resource, message }: Found): Point[] {
  return ['sum', 'histogram'].flatMap((kind) =>
    list((message[kind] ?? {}) as Message, 'dataPoints').map((point) => ({
      resource,
      attributes: attributesOf(point),
      name: text(message['name']),
      atNs: ns(point['timeUnixNano']),
      sum: Number(point['sum'] ?? point['asInt'] ?? point['asDouble'] ?? 0),
      count: Number(point['count'] ?? 1),
    })),
  )
}

function attributesOf(message: Message | undefined): Attributes {
  return Object.fromEntries(
    ((message?.['attributes'] ?? []) as Message[]).map(({ key, value }) => [text(key), valueText(value)]),
  )
}

function valueText(value: unknown): string {
  const [of] = Object.values((value ?? {}) as Message)
  // A list: one value a line.
  if (typeof of === 'object' && of !== null && 'values' in of)
    return list(of as Message, 'values')
      .map(valueText)
      .join('\n')
  return typeof of === 'string' || typeof of === 'number' || typeof of === 'boolean' ? String(of) : ''
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const ns = (value: unknown): bigint => BigInt(text(value) || '0')
const hex = (value: unknown): string => Buffer.from((value ?? []) as Uint8Array).toString('hex')
const idOf = (span: Message): string => `${hex(span['traceId'])} ${hex(span['spanId'])}`
const list = (message: Message, name: string): Message[] => (message[name] ?? []) as Message[]
