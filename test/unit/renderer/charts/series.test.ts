import { describe, expect, test } from 'vitest'
import type { ViewOf } from '../../../../src/renderer/charts/rows.ts'
import { middleOf, mostOf, seriesAt, spanOf, startsOf, timeData } from '../../../../src/renderer/charts/series.ts'

const edges = [1000, 2000, 3000, 4000, 5000]
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
  test('has every bucket of the answer; amounts are zero where there is no row', () => {
    const data = timeData(stacked, rows, edges)
    expect(startsOf(data)).toEqual([1000, 2000, 3000, 4000])
    expect(data.series.map(({ values }) => values)).toEqual([
      [5, 0, 7, 0],
      [1, 0, 2, 0],
    ])
    expect(mostOf(data, data.series)).toBe(9)
  })

  test('leaves a measured value unknown where there is no row', () => {
    const data = timeData({ ...stacked, shape: 'line' }, rows, edges)
    expect(data.series[0]?.values).toEqual([5, null, 7, null])
    expect(mostOf(data, data.series)).toBe(7)
  })

  test('sums up the groups beyond the largest, and loses nothing', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ atMs: 2000, tool: `tool ${index}`, calls: index + 1 }))
    const data = timeData({ kind: 'time-by', shape: 'bars', group: 'tool', value: 'calls' }, many, edges)
    expect(data.series.map(({ name }) => name).slice(0, 2)).toEqual(['tool 11', 'tool 10'])
    expect(data.series.at(-1)).toMatchObject({
      name: '5 others',
      groups: ['tool 4', 'tool 3', 'tool 2', 'tool 1', 'tool 0'],
    })
    expect(data.series.reduce((sum, { values }) => sum + (values[1] ?? 0), 0)).toBe(78)
  })

  test('draws no more lines than there are hues, and names those that it leaves out', () => {
    const many = Array.from({ length: 10 }, (_, index) => ({ atMs: 2000, model: `model ${index}`, rate: index / 10 }))
    const data = timeData({ kind: 'time-by', shape: 'line', group: 'model', value: 'rate' }, many, edges)
    expect(data.series).toHaveLength(7)
    expect(data.undrawn).toEqual(['model 2', 'model 1', 'model 0'])
  })

  test('names what the telemetry does not say, and keeps its value for the filter', () => {
    const view = { kind: 'time-by', shape: 'bars', group: 'model', value: 'calls' } as const
    const [series] = timeData(view, [{ atMs: 2000, model: '', calls: 3 }], edges).series
    expect(series).toMatchObject({ name: 'not set', column: 'calls', groups: [''] })
  })
})

describe('a pointer', () => {
  const data = timeData(stacked, rows, edges)

  test('means a bucket from its beginning to the next one, however long that is', () => {
    const uneven = { ...data, edges: [0, 23, 48, 72] }
    expect(spanOf(uneven, 1)).toEqual({ fromMs: 23, toMs: 48 })
    expect(middleOf(uneven, 1)).toBe(35.5)
  })

  test('means the layer of the stack that it is in, without those that are hidden', () => {
    expect(seriesAt(data, new Set(), 2, 6)?.name).toBe('cached')
    expect(seriesAt(data, new Set(), 2, 8)?.name).toBe('output')
    expect(seriesAt(data, new Set(), 2, 20)).toBeNull()
    expect(seriesAt(data, new Set(['cached']), 2, 1)?.name).toBe('output')
  })

  test('means the nearest line', () => {
    const lines = timeData({ ...stacked, shape: 'line' }, rows, edges)
    expect(seriesAt(lines, new Set(), 2, 6)?.name).toBe('cached')
    expect(seriesAt(lines, new Set(), 2, 3)?.name).toBe('output')
    expect(seriesAt(lines, new Set(), 1, 3)).toBeNull()
  })
})
