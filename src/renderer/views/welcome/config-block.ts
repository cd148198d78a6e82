import type { Status } from '../../../contract/status.ts'

export type Receivers = Status['receivers']

/** An address that listens everywhere is reached on this machine's loopback. */
function reachable(address: string): string {
  return address.replace(/^(?:0\.0\.0\.0|\[::\])(?=:)/, '127.0.0.1')
}

/**
 * The `[otel]` table for `~/.codex/config.toml`, with the addresses that really listen. Codex uses an HTTP endpoint as it
 * stands, so each signal names its whole path; a gRPC endpoint needs its scheme. Without a metrics exporter, Codex would
 * send metrics to its maker instead. null where nothing listens.
 */
export function configBlock({ http, grpc }: Receivers, logPrompts: boolean): string | null {
  const exporter = exporterFor(http.address, grpc.address)
  if (!exporter) return null
  return [
    '[otel]',
    `log_user_prompt  = ${logPrompts}`,
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
