import { reachable } from '../../../model/config/one-click.ts'

export type Receivers = Readonly<Record<'http' | 'grpc', { readonly address: string | null }>>

/**
 * The `[otel]` table to add by hand to `~/.codex/config.toml`, with the addresses that really listen. Codex uses an HTTP endpoint as it
 * stands, so each signal names its whole path; a gRPC endpoint needs its scheme. Without a metrics exporter, Codex would
 * send metrics to its maker instead. null where nothing listens.
 */
export function configBlock({ http, grpc }: Receivers): string | null {
  const exporter = exporterFor(http.address, grpc.address)
  if (!exporter) return null
  return [
    '[otel]',
    `exporter         = ${exporter('logs')}`,
    `trace_exporter   = ${exporter('traces')}`,
    `metrics_exporter = ${exporter('metrics')}`,
    '',
  ].join('\n')
}

function exporterFor(http: string | null, grpc: string | null): ((signal: string) => string) | null {
  if (http !== null)
    return (signal) => `{ otlp-http = { endpoint = "http://${reachable(http)}/v1/${signal}", protocol = "binary" } }`
  if (grpc !== null) return () => `{ otlp-grpc = { endpoint = "http://${reachable(grpc)}" } }`
  return null
}
