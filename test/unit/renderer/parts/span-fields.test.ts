import { describe, expect, it } from 'vitest'
import { resourceFields, spanEvents, spanFields, spanRow } from '../../../../src/renderer/parts/record/span-fields.ts'
import { span } from '../../../e2e/chromium/fake-session.ts'

describe('a raw span', () => {
  it('shows its ids and its attributes, each as text', () => {
    expect(spanFields(span('00f067aa0ba902b7', 'stream_request'))).toEqual([
      { name: 'spanId', value: '00f067aa0ba902b7' },
      { name: 'traceId', value: '0af7651916cd43dd8448eb211c80319c' },
      { name: 'code.lineno', value: '214' },
      { name: 'gen_ai.request.model', value: 'gpt-5.5' },
      { name: 'busy', value: 'true' },
    ])
  })

  it('shows lists and maps as what they hold', () => {
    const list = { arrayValue: { values: [{ stringValue: 'stop' }, { intValue: '3' }] } }
    const map = { kvlistValue: { values: [{ key: 'a', value: list }] } }
    const attributes = [
      { key: 'list', value: list },
      { key: 'map', value: map },
      { key: 'none', value: { arrayValue: {} } },
      { key: 'large', value: { intValue: '9223372036854775807' } },
    ]
    expect(spanFields({ attributes }).map(({ value }) => value)).toEqual([
      '["stop",3]',
      '{"a":["stop",3]}',
      '[]',
      '9223372036854775807',
    ])
  })

  it('shows its events with their time, and what the process says of itself', () => {
    const value = span('00f067aa0ba902b7', 'stream_request')
    expect(spanEvents(value)).toMatchObject([{ name: 'first byte', fields: [{ name: 'bytes', value: '512' }] }])
    expect(spanEvents(value)[0]?.timeMs).toBeCloseTo(1_795_179_131_440.123, 3)
    expect(resourceFields(value)).toEqual([{ name: 'service.name', value: 'codex-tui' }])
  })

  it('becomes a row, with times from nanoseconds too large for a double', () => {
    const row = spanRow('raw/a/b', span('00f067aa0ba902b7', 'stream_request'))
    expect(row).toMatchObject({ label: 'stream_request', kind: 'raw', status: 'ok' })
    expect(row?.durationMs).toBeCloseTo(500, 3)
    expect(row?.startMs).toBeCloseTo(1_795_179_131_340.123, 3)
  })

  it('shows nothing of what is no span', () => {
    expect(spanFields(null)).toEqual([])
    expect(spanRow('raw/a/b', 'text')).toBeNull()
  })
})
