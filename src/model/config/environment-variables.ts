export interface EnvironmentVariable {
  /** As it stands in a shell; `*` is any of LOGS, TRACES and METRICS. */
  readonly name: string
  readonly effect: string
  readonly kind: 'honoured' | 'ignored' | 'harmful'
}

/** What Codex makes of OpenTelemetry's variables, each tried with 0.169.0 and most with 0.171.0. The doctor tells of those that are set. */
export const environmentVariables: readonly EnvironmentVariable[] = [
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT, …_*_ENDPOINT',
    effect: 'nothing: config.toml says where telemetry goes; without [otel] nothing is sent',
    kind: 'ignored',
  },
  { name: 'OTEL_SERVICE_NAME, OTEL_SDK_DISABLED', effect: 'nothing', kind: 'ignored' },
  {
    name: 'OTEL_RESOURCE_ATTRIBUTES',
    effect: 'added to the resource of all three signals; service.name and env stay Codex’s own',
    kind: 'honoured',
  },
  { name: 'OTEL_EXPORTER_OTLP_HEADERS', effect: 'added to every request over HTTP', kind: 'honoured' },
  {
    name: 'OTEL_METRIC_EXPORT_INTERVAL',
    effect: 'milliseconds between exports of metrics; default 60,000',
    kind: 'honoured',
  },
  {
    name: 'OTEL_BSP_SCHEDULE_DELAY, OTEL_BLRP_SCHEDULE_DELAY',
    effect: 'milliseconds between exports of spans and of logs',
    kind: 'honoured',
  },
  { name: 'OTEL_TRACES_SAMPLER', effect: 'always_off sends no spans: no waterfall', kind: 'honoured' },
  { name: 'TRACEPARENT', effect: 'codex exec joins that trace', kind: 'honoured' },
  { name: 'OTEL_EXPORTER_OTLP_COMPRESSION', effect: 'ends all telemetry, whatever its value', kind: 'harmful' },
]
