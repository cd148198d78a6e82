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

const root = new protobuf.Root()
for (const file of files) {
  // Names are camelCase as in OTLP/JSON. Imports need no following: every file is in the list.
  protobuf.parse(readFileSync(new URL(`opentelemetry/proto/${file}.proto`, folder), 'utf8'), root, { keepCase: false })
}
root.resolveAll()

const type = (name: string) => root.lookupType(`opentelemetry.proto.${name}`)

export const AnyValue = type('common.v1.AnyValue')
export const KeyValue = type('common.v1.KeyValue')
export const InstrumentationScope = type('common.v1.InstrumentationScope')
export const Resource = type('resource.v1.Resource')
export const Span = type('trace.v1.Span')
export const LogRecord = type('logs.v1.LogRecord')
export const Metric = type('metrics.v1.Metric')
export const ExportTraceServiceRequest = type('collector.trace.v1.ExportTraceServiceRequest')
export const ExportTraceServiceResponse = type('collector.trace.v1.ExportTraceServiceResponse')
export const ExportLogsServiceRequest = type('collector.logs.v1.ExportLogsServiceRequest')
export const ExportLogsServiceResponse = type('collector.logs.v1.ExportLogsServiceResponse')
export const ExportMetricsServiceRequest = type('collector.metrics.v1.ExportMetricsServiceRequest')
export const ExportMetricsServiceResponse = type('collector.metrics.v1.ExportMetricsServiceResponse')

const requests = {
  traces: ExportTraceServiceRequest,
  logs: ExportLogsServiceRequest,
  metrics: ExportMetricsServiceRequest,
}

const responses = {
  traces: ExportTraceServiceResponse,
  logs: ExportLogsServiceResponse,
  metrics: ExportMetricsServiceResponse,
}

export function requestType(signal: Signal): protobuf.Type {
  return requests[signal]
}

export function responseType(signal: Signal): protobuf.Type {
  return responses[signal]
}
