import { expect, test } from 'vitest'
import type { Colours } from '../../../../src/renderer/charts/colours.ts'
import type { PanelEntry } from '../../../../src/renderer/charts/rows.ts'
import { sparkPath } from '../../../../src/renderer/charts/spark-path.ts'
import { timeOption } from '../../../../src/renderer/charts/time-option.ts'
import { courseOf } from '../../../../src/renderer/views/overview/use-panel.ts'

const edges = [0, 10, 20, 40]
const series = { name: 'output', tone: undefined, values: [0, 7, 0] }

test.each([
  [0.012, 0.02],
  [0.07, 0.1],
  [0.4, 1],
  [0, 1],
])('an axis for shares of at most %f ends at %f, so that small ones can be told apart', (most, max) => {
  const colours = { tones: new Map<string, string>() } as unknown as Colours
  const look = { colours, unit: 'share', threshold: undefined, widthPx: 300, aligned: false }
  const { yAxis } = timeOption(
    { shape: 'line', edges, series: [{ ...series, values: [0, most, 0] }] },
    [{ series: { ...series, values: [0, most, 0] }, colour: '#000' }],
    look,
  )
  expect(yAxis).toMatchObject({ min: 0, max, interval: max / 2 })
})

test('an area is a step for each bucket, from its beginning to its end, so that a lone one is no spike', () => {
  const colours = { tones: new Map<string, string>() } as unknown as Colours
  const look = { colours, unit: 'tokens', threshold: undefined, widthPx: 300, aligned: false }
  const { series: drawn } = timeOption({ shape: 'area', edges, series: [series] }, [{ series, colour: '#000' }], look)
  expect(drawn).toMatchObject([
    {
      step: 'end',
      data: [
        [0, 0],
        [10, 7],
        [20, 0],
        [40, 0],
      ],
    },
  ])
})

test('in the small course of a figure, a lone bucket is as wide as the others', () => {
  expect(sparkPath([0, 7, 0, 0]).line).toBe('M0.0,25.0H50.0V3.0H100.0V25.0H150.0V25.0H200.0')
})

test('where nothing was measured, the small course has a gap, and is not 0', () => {
  const entry = (shape: 'line' | 'bars'): PanelEntry =>
    ({ view: { kind: 'time', shape, series: [{ column: 'rate', label: 'cached' }] } }) as unknown as PanelEntry
  const rows = [
    { atMs: 0, rate: 0.5 },
    { atMs: 20, rate: 1 },
  ]
  expect(courseOf(entry('line'), rows, edges)).toEqual([0.5, null, 1])
  expect(courseOf(entry('bars'), rows, edges)).toEqual([0.5, 0, 1])
  const { line, below } = sparkPath([0.5, null, 1, null])
  expect(line).toBe('M0.0,14.0H50.0M100.0,3.0H150.0')
  expect(below).toBe('M0.0,26V14.0H50.0V26ZM100.0,26V3.0H150.0V26Z')
})
