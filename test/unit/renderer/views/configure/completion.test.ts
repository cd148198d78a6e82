import { describe, expect, it } from 'vitest'
import { otelCompletions } from '../../../../../src/renderer/views/configure/editor/completion.ts'

const labels = (above: readonly string[], line: string): readonly string[] =>
  otelCompletions(above, line)?.options.map(({ label }) => label) ?? []

describe('completion', () => {
  it('offers the keys of [otel] inside it, and behind otel. at the top', () => {
    expect(labels(['model = "x"', '[otel] # mine'], '  log_')).toContain('log_sse_deltas')
    expect(labels(['model = "x"'], 'otel.ex')).toContain('exporter')
    expect(labels(['[otel]'], 'otel.ex')).toEqual([])
    expect(labels(['[otel]', '[profiles.fast]'], 'log_')).toEqual([])
  })

  it('offers the settings of an exporter’s table and its files of TLS', () => {
    expect(labels(['[otel.exporter."otlp-http"]'], '')).toEqual(['endpoint', 'protocol', 'headers', 'tls'])
    expect(labels(['[otel.exporter.otlp-grpc.tls]'], 'ca')).toContain('ca-certificate')
  })

  it('offers values by their key', () => {
    expect(labels(['[otel]'], 'trace_exporter = ')).toContain('"none"')
    expect(labels(['[otel]'], 'log_user_prompt = t')).toEqual(['true', 'false'])
    expect(labels([], 'protocol = ')).toEqual(['"binary"', '"json"'])
    expect(labels([], 'model = ')).toEqual([])
  })

  it('offers heads of tables, replacing what is written of them, and nothing in a comment', () => {
    expect(otelCompletions([], '[ot')?.length).toBe(3)
    expect(labels([], '[ot')).toContain('[otel]')
    expect(labels(['[otel]'], '# log_')).toEqual([])
  })
})
