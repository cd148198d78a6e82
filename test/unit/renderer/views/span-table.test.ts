import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ascending, filteredSpans, sortedSpans } from '../../../../src/renderer/views/session/spans/span-table.ts'
import type { RawColumns } from '../../../../src/renderer/waterfall/session-data.ts'

function columns(
  spans: readonly (readonly [name: string, start: number, duration: number, error?: boolean])[],
): RawColumns {
  const names = [...new Set(spans.map(([name]) => name))]
  const count = spans.length
  return {
    ...{ baseMs: 0, names, traces: [''], count, rows: [] },
    spans: {
      endOfRow: Uint32Array.of(count),
      start: Float64Array.from(spans, ([, start]) => start),
      duration: Float64Array.from(spans, ([, , duration]) => duration),
      name: Uint32Array.from(spans, ([name]) => names.indexOf(name)),
      depth: new Uint16Array(count),
      flags: Uint8Array.from(spans, ([, , , error]) => (error === true ? 1 : 2)),
      trace: new Uint32Array(count),
      idHigh: new Int32Array(count),
      idLow: new Uint32Array(count),
    },
    logs: { time: new Float64Array(), root: new Uint32Array(), name: new Uint32Array(), severity: new Uint8Array() },
  }
}

const three = columns([
  ['write', -2, 5],
  ['Read', 7, 0.25, true],
  ['write', 1, 30],
])

describe('the table of raw spans', () => {
  it('puts any numbers in order, and leaves equal ones as they came', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }).map((value) => value + 0)), (values) => {
        const expected = values.map((_, at) => at).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b)
        expect([...ascending(Float64Array.from(values))]).toEqual(expected)
      }),
    )
  })

  it('orders by start, duration and name, both ways', () => {
    expect([...sortedSpans(three, { column: 'start', descending: false })]).toEqual([0, 2, 1])
    expect([...sortedSpans(three, { column: 'duration', descending: true })]).toEqual([2, 0, 1])
    expect([...sortedSpans(three, { column: 'name', descending: false })]).toEqual([1, 0, 2])
  })

  it('keeps the order of what passes: words of the name, whatever their case, and errors', () => {
    const order = Uint32Array.of(2, 1, 0)
    expect([...filteredSpans(three, order, { words: ' WRI', onlyErrors: false })]).toEqual([2, 0])
    expect([...filteredSpans(three, order, { words: '', onlyErrors: true })]).toEqual([1])
    expect(filteredSpans(three, order, { words: '', onlyErrors: false })).toBe(order)
  })

  it('orders a million spans without an object for any of them', () => {
    const values = Float64Array.from({ length: 1_000_000 }, (_, at) => (at * 7919) % 1_000_003)
    const order = ascending(values)
    expect(order).toHaveLength(1_000_000)
    expect(order.every((span, at) => at === 0 || (values[order[at - 1] ?? 0] ?? 0) <= (values[span] ?? 0))).toBe(true)
  })
})
