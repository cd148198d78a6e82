/** The keys of `[otel]` that Codex 0.171.0 knows, in the order in which a file shows them best. */
export const otelKeys = [
  'environment',
  'exporter',
  'trace_exporter',
  'metrics_exporter',
  'headers_helper',
  'headers_helper_refresh_interval_ms',
  'log_user_prompt',
  'log_agent_responses',
  'log_guardian_assessments',
  'log_sse_deltas',
  'tool_result',
  'span_attributes',
  'tracestate',
] as const

export type OtelKey = (typeof otelKeys)[number]

export const exporterKeys = ['exporter', 'trace_exporter', 'metrics_exporter'] as const

export type ExporterKey = (typeof exporterKeys)[number]

/** `exporter` is the one for logs; a signal that it names nowhere does not fall back to it. */
export const signalOfExporter = { exporter: 'logs', trace_exporter: 'traces', metrics_exporter: 'metrics' } as const

export function isOtelKey(key: string): key is OtelKey {
  return otelKeys.some((known) => known === key)
}

export function isExporterKey(key: string): key is ExporterKey {
  return exporterKeys.some((known) => known === key)
}
