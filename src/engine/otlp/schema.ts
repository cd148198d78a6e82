import { readFileSync } from 'node:fs'
import protobuf from 'protobufjs'
import type { Signal } from '../../model/signal.ts'
import { deepestNesting } from './shape.ts'

// An array in an array takes two messages, a map in a map three; the library's own bound of 100 refuses valid bodies.
protobuf.Reader.recursionLimit = protobuf.util.recursionLimit = 3 * deepestNesting + 16

/** In the source tree the messages lie at its top; the build copies them beside its flat chunks. */
const folder = new URL(import.meta.url.endsWith('.ts') ? '../../../protos/' : './protos/', import.meta.url)

const files = [
  'common/v1/common',
  'resource/v1/resource',
  'trace/v1/trace',
  'logs/v1/logs',
  'metrics/v1/metrics',
  'collector/trace/v1/trace_service',
  'collector/logs/v1/logs_service',
  'collector/metrics/v1/metrics_service',
]

/** Read when it is first asked for: no part that has nothing to take apart waits for it as it starts. */
let known: protobuf.Root | null = null

function messages(): protobuf.Root {
  if (known) return known
  const root = new protobuf.Root()
  for (const file of files) {
    // Names are camelCase as in OTLP/JSON. Imports need no following: every file is in the list.
    protobuf.parse(readFileSync(new URL(`opentelemetry/proto/${file}.proto`, folder), 'utf8'), root, {
      keepCase: false,
    })
  }
  root.resolveAll()
  return (known = root)
}

/** A type of message, by the name that OTLP gives it. */
export function messageType(name: string): protobuf.Type {
  return messages().lookupType(`opentelemetry.proto.${name}`)
}

export const AnyValue = (): protobuf.Type => messageType('common.v1.AnyValue')
export const InstrumentationScope = (): protobuf.Type => messageType('common.v1.InstrumentationScope')
export const Resource = (): protobuf.Type => messageType('resource.v1.Resource')
export const Span = (): protobuf.Type => messageType('trace.v1.Span')
export const LogRecord = (): protobuf.Type => messageType('logs.v1.LogRecord')
export const Metric = (): protobuf.Type => messageType('metrics.v1.Metric')

const services = { traces: 'trace.v1.ExportTrace', logs: 'logs.v1.ExportLogs', metrics: 'metrics.v1.ExportMetrics' }
const requests = new Map<Signal, protobuf.Type>()

export function requestType(signal: Signal): protobuf.Type {
  let type = requests.get(signal)
  if (!type) requests.set(signal, (type = messageType(`collector.${services[signal]}ServiceRequest`)))
  return type
}

export function responseType(signal: Signal): protobuf.Type {
  return messageType(`collector.${services[signal]}ServiceResponse`)
}
