import { expect, it } from 'vitest'
import type { Line } from '../../../../src/renderer/waterfall/lines.ts'
import { barInWords } from '../../../../src/renderer/waterfall/words.ts'
import { treeRow } from './tree-rows.ts'

const line = (more: Partial<Line>): Line => ({
  ...{ line: 0, entry: 0, row: treeRow('call'), level: 1, place: null, expanded: null, isRaw: false },
  ...{ spans: 0, hidden: 0, errorBelow: false, eventSpans: new Int32Array() },
  ...more,
})

it('a bar in words says once that it failed, and keeps the rest of its note', () => {
  const row = treeRow('call', { kind: 'tool_call', durationMs: 1200, status: 'error', note: 'exit 2 · failed' })
  expect(barInWords(line({ row, spans: 3 }), 0, false)).toBe('1.2 s, exit 2, failed, 3 spans')
})

it('a bar in words says that a row recovered, and how often it had failed', () => {
  const row = treeRow('call', { kind: 'api_call', durationMs: 1200, failures: 3, note: '3 retries' })
  expect(barInWords(line({ row }), 0, false)).toBe('1.2 s, 3 retries, ok, recovered from 3 errors')
  const failed = treeRow('call', { kind: 'api_call', durationMs: 1200, failures: 3, status: 'error' })
  expect(barInWords(line({ row: failed }), 0, false)).toBe('1.2 s, failed')
})

it('a bar in words says what a folded raw span hides, and which spans have events', () => {
  const raw = treeRow('raw/t/1', { kind: 'raw', durationMs: 20, status: 'ok' })
  expect(barInWords(line({ row: raw, spans: 1, hidden: 12, eventSpans: Int32Array.of(4) }), 0, false)).toBe(
    '20 ms, ok, 1 span, 12 spans below it folded, has events',
  )
  const row = treeRow('call', { kind: 'tool_call', durationMs: 20, status: 'ok' })
  expect(barInWords(line({ row, spans: 9, eventSpans: Int32Array.of(1, 4) }), 0, false)).toMatch(
    /events in 2 of its own spans$/,
  )
})
