import { ROOT_CONTEXT, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api'
import { OTLPLogExporter as LogsOverGrpc } from '@opentelemetry/exporter-logs-otlp-grpc'
import { OTLPLogExporter as LogsOverHttp } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter as MetricsOverGrpc } from '@opentelemetry/exporter-metrics-otlp-grpc'
import { OTLPMetricExporter as MetricsOverHttp } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as TracesOverGrpc } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as TracesOverHttp } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { UnderTest } from './engine-under-test.ts'

/** Milliseconds of the first record; what an application does is told in milliseconds after it. */
export const beginMs = Date.UTC(2026, 9, 1, 12)

interface Made {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly attributes: Attributes
  readonly failed?: boolean
  /** undefined: a trace of its own. */
  readonly within?: Context
}

/** An application with OpenTelemetry's own SDK, whose every record is a request of its own. */
export interface SdkApp {
  /** Starts a span; what it holds is made within the context that comes back, and it is sent when `end` is called. */
  start(made: Made): {
    readonly context: Context
    readonly traceId: string
    readonly spanId: string
    readonly end: () => void
  }
  span(made: Made): { readonly context: Context; readonly traceId: string; readonly spanId: string }
  log(body: string, atMs: number, attributes: Attributes, within?: Context): void
  count(metric: string, value: number, attributes: Attributes): void
  /** Resolves when everything is acknowledged. */
  close(): Promise<void>
}

export type Transport = 'HTTP' | 'gRPC'

export function sdkApp(engine: UnderTest, transport: Transport, resource: Attributes): SdkApp {
  const base = `http://127.0.0.1:${engine.httpPort}`
  const overGrpc = { url: `http://${engine.grpcAddress.replace(/^http:\/\//, '')}` }
  const [traces, logs, metrics] =
    transport === 'gRPC'
      ? [new TracesOverGrpc(overGrpc), new LogsOverGrpc(overGrpc), new MetricsOverGrpc(overGrpc)]
      : [
          new TracesOverHttp({ url: `${base}/v1/traces` }),
          new LogsOverHttp({ url: `${base}/v1/logs` }),
          new MetricsOverHttp({ url: `${base}/v1/metrics` }),
        ]
  const described = resourceFromAttributes({ 'telemetry.sdk.language': 'nodejs', ...resource })
  const tracers = new TracerProvider({
    resource: described,
    spanProcessors: [new SimpleSpanProcessor({ exporter: traces })],
  })
  const loggers = new LoggerProvider({
    resource: described,
    processors: [new SimpleLogRecordProcessor({ exporter: logs })],
  })
  const meters = new MeterProvider({
    resource: described,
    readers: [new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 })],
  })
  const scope = typeof resource['service.name'] === 'string' ? resource['service.name'] : 'app'
  const tracer = tracers.getTracer(scope)

  function start({
    name,
    from,
    to,
    attributes,
    failed = false,
    within = ROOT_CONTEXT,
  }: Made): ReturnType<SdkApp['start']> {
    const span: Span = tracer.startSpan(name, { startTime: beginMs + from, attributes }, within)
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
    return {
      context: trace.setSpan(ROOT_CONTEXT, span),
      traceId: span.spanContext().traceId,
      spanId: span.spanContext().spanId,
      end: () => {
        span.end(beginMs + to)
      },
    }
  }

  return {
    start,
    span(made) {
      const { end, ...started } = start(made)
      end()
      return started
    },
    log(body, atMs, attributes, within = ROOT_CONTEXT) {
      loggers.getLogger(scope).emit({ body, timestamp: beginMs + atMs, attributes, context: within })
    },
    count(metric, value, attributes) {
      meters.getMeter('app').createCounter(metric).add(value, attributes)
    },
    async close() {
      await Promise.all([tracers.shutdown(), loggers.shutdown(), meters.shutdown()])
    },
  }
}
