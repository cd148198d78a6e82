import type { Destination } from './destination.ts'

export interface ForwardPreset {
  readonly id: string
  readonly name: string
  /** What to fill in, and where it is found. */
  readonly about: string
  /** It runs on this machine and by itself listens on OTLP's own ports, which Colophon may have. */
  readonly isBesideUs?: true
  readonly protocol: Destination['protocol']
  readonly url: string
  readonly compression: Destination['compression']
  readonly headers: readonly { readonly name: string; readonly example: string }[]
}

/** Local ones do not stand on 4317 and 4318: those are Colophon's own. */
export const forwardPresets: readonly ForwardPreset[] = [
  {
    id: 'collector',
    name: 'OpenTelemetry Collector',
    about: "Give the collector's OTLP receiver ports that nothing else listens on.",
    isBesideUs: true,
    protocol: 'grpc',
    url: 'http://localhost:14317',
    compression: 'none',
    headers: [],
  },
  {
    id: 'grafana-cloud',
    name: 'Grafana Cloud',
    about:
      "Your stack's OpenTelemetry page shows the URL, the instance ID and makes a token. The header is Basic and the base64 of instance-ID:token.",
    protocol: 'http',
    url: 'https://otlp-gateway-ZONE.grafana.net/otlp',
    compression: 'gzip',
    headers: [{ name: 'authorization', example: 'Basic …' }],
  },
  {
    id: 'signoz',
    name: 'SigNoz Cloud',
    about: 'The region and an ingestion key stand in its settings, under Ingestion. Your own SigNoz needs no key.',
    protocol: 'grpc',
    url: 'https://ingest.REGION.signoz.cloud:443',
    compression: 'gzip',
    headers: [{ name: 'signoz-ingestion-key', example: 'ingestion key' }],
  },
  {
    id: 'clickstack',
    name: 'ClickStack (ClickHouse)',
    about:
      "Publish its OTLP port as 14318 (docker run -p 14318:4318). The key is the ingestion API key of the team's settings.",
    isBesideUs: true,
    protocol: 'http',
    url: 'http://localhost:14318',
    compression: 'gzip',
    headers: [{ name: 'authorization', example: 'ingestion API key' }],
  },
  {
    id: 'aspire',
    name: 'Aspire dashboard',
    about: 'Publish its OTLP port as it is (docker run -p 18889:18889). The key is only asked for where it is set up.',
    protocol: 'grpc',
    url: 'http://localhost:18889',
    compression: 'none',
    headers: [{ name: 'x-otlp-api-key', example: 'API key' }],
  },
  {
    id: 'custom',
    name: 'Another OTLP endpoint',
    about:
      'Over HTTP each signal goes to the URL with /v1/traces, /v1/logs or /v1/metrics, unless it already ends that way.',
    protocol: 'http',
    url: 'https://',
    compression: 'none',
    headers: [],
  },
]
