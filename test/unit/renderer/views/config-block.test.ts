import { describe, expect, it } from 'vitest'
import { configBlock } from '../../../../src/renderer/views/welcome/config-block.ts'

const listening = (address: string | null) => ({ address, error: address === null ? 'in use' : null })

describe('the configuration for Codex', () => {
  it('names the whole path of each signal over HTTP', () => {
    const block = configBlock({ http: listening('127.0.0.1:4318'), grpc: listening('127.0.0.1:4317') })
    expect(block).toBe(
      [
        '[otel]',
        'exporter         = { otlp-http = { endpoint = "http://127.0.0.1:4318/v1/logs", protocol = "binary" } }',
        'trace_exporter   = { otlp-http = { endpoint = "http://127.0.0.1:4318/v1/traces", protocol = "binary" } }',
        'metrics_exporter = { otlp-http = { endpoint = "http://127.0.0.1:4318/v1/metrics", protocol = "binary" } }',
        '',
      ].join('\n'),
    )
  })

  it('falls back to gRPC, whose endpoint needs its scheme and no path', () => {
    const block = configBlock({ http: listening(null), grpc: listening('127.0.0.1:51234') })
    expect(block).toContain('exporter         = { otlp-grpc = { endpoint = "http://127.0.0.1:51234" } }')
  })

  it('sends to loopback where the receiver listens everywhere', () => {
    const block = configBlock({ http: listening('0.0.0.0:4318'), grpc: listening(null) })
    expect(block).toContain('"http://127.0.0.1:4318/v1/logs"')
  })

  it('has nothing to offer where nothing listens', () => {
    expect(configBlock({ http: listening(null), grpc: listening(null) })).toBeNull()
  })
})
