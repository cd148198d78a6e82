import { toJson, type JsonValue } from './json-value.ts'
import { exporterValue, type ReceiverAddresses } from './one-click.ts'
import { exporterKeys, type ExporterKey } from './otel-keys.ts'

/**
 * A destination that is known by name. What a person has to fill in stands in angle brackets: `<region>`. Endpoints over HTTP
 * carry their whole path, because Codex appends nothing to them.
 */
export interface Preset {
  readonly id: string
  readonly name: string
  /** What it is and what it asks for, in a sentence. */
  readonly about: string
  /** Where its endpoints are documented. */
  readonly source: string | null
  /** Null: the receivers of this machine. */
  readonly exporters: Readonly<Record<ExporterKey, JsonValue>> | null
  /** It is sent on from here; Codex itself sends to Colophon. */
  readonly forwards: boolean
}

function http(endpoint: string, headers: Readonly<Record<string, string>> = {}): JsonValue {
  const hasHeaders = Object.keys(headers).length > 0
  return { 'otlp-http': { endpoint, protocol: 'binary', ...(hasHeaders ? { headers } : {}) } }
}

/** The three standard paths below one address. */
function standard(base: string, headers?: Readonly<Record<string, string>>): Record<ExporterKey, JsonValue> {
  return {
    exporter: http(`${base}/v1/logs`, headers),
    trace_exporter: http(`${base}/v1/traces`, headers),
    metrics_exporter: http(`${base}/v1/metrics`, headers),
  }
}

function grpc(endpoint: string): Record<ExporterKey, JsonValue> {
  const exporter = { 'otlp-grpc': { endpoint } }
  return { exporter, trace_exporter: exporter, metrics_exporter: exporter }
}

const oodleHeaders = { 'X-API-KEY': '<API key>', 'X-OODLE-INSTANCE': '<instance ID>' }

export const presets: readonly Preset[] = [
  {
    id: 'colophon',
    name: 'Colophon',
    about: 'All three signals to Colophon on this machine.',
    source: null,
    exporters: null,
    forwards: false,
  },
  {
    id: 'colophon-forward',
    name: 'Colophon + forward',
    about: 'Codex sends to Colophon, which sends a copy on to the destinations in Settings, Forwarding.',
    source: null,
    exporters: null,
    forwards: true,
  },
  {
    id: 'aspire',
    name: 'Aspire dashboard',
    about:
      'The standalone dashboard on its usual gRPC port. When Colophon has that port, start one of them on another.',
    source: 'https://aspire.dev/dashboard/standalone/',
    exporters: grpc('http://localhost:4317'),
    forwards: false,
  },
  {
    id: 'grafana-cloud',
    name: 'Grafana Cloud',
    about: 'The stack’s OTLP gateway. Its zone and the value after Basic are on the stack’s OpenTelemetry card.',
    source: 'https://grafana.com/docs/grafana-cloud/send-data/otlp/send-data-otlp/',
    exporters: standard('https://otlp-gateway-<zone>.grafana.net/otlp', {
      Authorization: 'Basic <base64 of instance ID:token>',
    }),
    forwards: false,
  },
  {
    id: 'signoz',
    name: 'SigNoz Cloud',
    about: 'Region (us, eu or in) and ingestion key are in SigNoz’s ingestion settings.',
    source: 'https://signoz.io/docs/ingestion/signoz-cloud/overview/',
    exporters: standard('https://ingest.<region>.signoz.cloud:443', { 'signoz-ingestion-key': '<ingestion key>' }),
    forwards: false,
  },
  {
    id: 'oodle',
    name: 'Oodle',
    about: 'Each signal has an address of its own; instance and API key are in Oodle’s integration tile for Codex.',
    source: 'https://docs.oodle.ai/ai-agent-observability/codex',
    exporters: {
      exporter: http('https://<instance ID>-logs.collector.oodle.ai/ingest/otel/v1/logs', oodleHeaders),
      trace_exporter: http('https://<instance ID>-otlp.collector.oodle.ai/v1/traces', oodleHeaders),
      metrics_exporter: http('https://<instance ID>.collector.oodle.ai/v2/otlp/metrics/<instance ID>', oodleHeaders),
    },
    forwards: false,
  },
  {
    id: 'dynatrace',
    name: 'Dynatrace',
    about: 'The environment’s own OTLP endpoint, with a token that may ingest traces, metrics and logs.',
    source: 'https://docs.dynatrace.com/docs/shortlink/otel-getstarted-otlpexport',
    exporters: standard('https://<environment ID>.live.dynatrace.com/api/v2/otlp', {
      Authorization: 'Api-Token <API token>',
    }),
    forwards: false,
  },
  {
    id: 'coralogix',
    name: 'Coralogix',
    about: 'The domain of your region, a Send-Your-Data key, and the names under which Coralogix files what arrives.',
    source: 'https://coralogix.com/docs/developer-portal/apis/data-ingestion/opentelemetry-custom-traces/',
    exporters: standard('https://ingress.<domain>:443', {
      Authorization: 'Bearer <Send-Your-Data key>',
      'CX-Application-Name': 'codex',
      'CX-Subsystem-Name': '<team>',
    }),
    forwards: false,
  },
  {
    id: 'collector',
    name: 'Custom collector',
    about: 'Any receiver of OTLP over HTTP at the standard paths.',
    source: 'https://opentelemetry.io/docs/specs/otlp/#otlphttp-request',
    exporters: standard('<http://host:4318>'),
    forwards: false,
  },
]

export interface PresetChange {
  readonly key: ExporterKey
  readonly value: JsonValue
}

/** Null where the preset means this machine's receivers, and none listens. */
export function presetChanges({ exporters }: Preset, receivers: ReceiverAddresses): readonly PresetChange[] | null {
  if (exporters !== null) return exporterKeys.map((key) => ({ key, value: exporters[key] }))
  const protocol = receivers.http === null ? 'grpc' : 'http'
  const changes = exporterKeys.flatMap((key) => {
    const value = exporterValue(key, protocol, receivers)
    return value === null ? [] : [{ key, value: toJson(value) }]
  })
  return changes.length === exporterKeys.length ? changes : null
}
