import { describe, expect, test } from 'vitest'
import type { ViewOf } from '../../../../src/renderer/charts/rows.ts'
import { bucketAt, mostOf, seriesAt, timeData } from '../../../../src/renderer/charts/series.ts'

const bounds = { fromMs: 1500, toMs: 4500 }
const stacked: ViewOf<'time'> = {
  kind: 'time',
  shape: 'area',
  series: [
    { column: 'cached', label: 'cached' },
    { column: 'output', label: 'output' },
  ],
}
const rows = [
  { atMs: 1000, cached: 5, output: 1 },
  { atMs: 3000, cached: 7, output: 2 },
]

describe('a panel over time', () => {
  test('has every bucket that the range touches; amounts are zero where there is no row', () => {
    const data = timeData(stacked, rows, bounds, 1000)
    expect(data.buckets).toEqual([1000, 2000, 3000, 4000])
    expect(data.series.map(({ values }) => values)).toEqual([
      [5, 0, 7, 0],
      [1, 0, 2, 0],
    ])
    expect(mostOf(data, data.series)).toBe(9)
  })

  test('leaves a measured value unknown where there is no row', () => {
    const data = timeData({ ...stacked, shape: 'line' }, rows, bounds, 1000)
    expect(data.series[0]?.values).toEqual([5, null, 7, null])
    expect(mostOf(data, data.series)).toBe(7)
  })

  test('sums up the groups beyond the largest, and loses nothing', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ atMs: 2000, tool: `tool ${index}`, calls: index + 1 }))
    const data = timeData({ kind: 'time-by', shape: 'bars', group: 'tool', value: 'calls' }, many, bounds, 1000)
    expect(data.series.map(({ name }) => name).slice(0, 2)).toEqual(['tool 11', 'tool 10'])
    expect(data.series.at(-1)?.name).toBe('5 others')
    expect(data.series.reduce((sum, { values }) => sum + (values[1] ?? 0), 0)).toBe(78)
  })

  test('names what the telemetry does not say, and keeps its value for the filter', () => {
    const view = { kind: 'time-by', shape: 'bars', group: 'model', value: 'calls' } as const
    const [series] = timeData(view, [{ atMs: 2000, model: '', calls: 3 }], bounds, 1000).series
    expect(series).toMatchObject({ name: 'not said', group: '' })
  })
})

describe('a pointer', () => {
  const data = timeData(stacked, rows, bounds, 1000)

  test('means the bucket that it is in', () => {
    expect([0, 1999, 2000, 9000].map((ms) => bucketAt(data, ms))).toEqual([0, 0, 1, 3])
  })

  test('means the layer of the stack that it is in, without those that are hidden', () => {
    expect(seriesAt(data, new Set(), 2, 6)?.name).toBe('cached')
    expect(seriesAt(data, new Set(), 2, 8)?.name).toBe('output')
    expect(seriesAt(data, new Set(), 2, 20)).toBeNull()
    expect(seriesAt(data, new Set(['cached']), 2, 1)?.name).toBe('output')
  })

  test('means the nearest line', () => {
    const lines = timeData({ ...stacked, shape: 'line' }, rows, bounds, 1000)
    expect(seriesAt(lines, new Set(), 2, 6)?.name).toBe('cached')
    expect(seriesAt(lines, new Set(), 2, 3)?.name).toBe('output')
    expect(seriesAt(lines, new Set(), 1, 3)).toBeNull()
  })
})
