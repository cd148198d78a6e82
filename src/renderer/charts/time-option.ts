import { lineLook, type Colours } from './colours.ts'
import type { ChartOption } from './echarts.ts'
import { fontFamily } from './font.ts'
import { middleOf, mostOf, startsOf, wholeOf, type ChartSeries, type TimeData } from './series.ts'
import { isLabelled, markData, type TimeMark } from './time-marks.ts'
import { timeTicks } from './time-ticks.ts'
import { momentOnAxis, onAxis } from './unit.ts'

export interface Threshold {
  readonly value: number
  readonly label: string
}

/** Axes that all charts share: hardly seen lines, small figures. */
export function axisLook(colours: Colours) {
  return {
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: colours.faint, fontFamily, fontSize: 10, hideOverlap: true },
    splitLine: { lineStyle: { color: colours.lineSoft } },
  }
}

/** Room for the labels is taken from the grid, whatever their width. */
export const grid = {
  left: 2,
  right: 10,
  top: 8,
  bottom: 2,
  outerBoundsMode: 'same',
  outerBoundsContain: 'axisLabel',
} as const

/** Of charts below each other, which have one axis of time. */
const fixedRoom = { left: 46, bottom: 20, outerBoundsMode: 'none' } as const
/** Of a chart that is about to be drawn. */
const usualWidthPx = 700

/** A value without neighbours would be a line without length: it gets a dot. */
function isAlone(values: readonly (number | null)[], at: number): boolean {
  return values[at] !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null
}

function lineOf(data: TimeData, series: ChartSeries, colour: string, colours: Colours, isStacked: boolean) {
  const { colour: full, dashed } = isStacked ? { colour, dashed: false } : lineLook(colours, series.tone, colour)
  return {
    type: 'line' as const,
    // Of every other value ECharts would make a dot without a size, which takes a third of what drawing a chart does.
    showSymbol: series.values.some((_, at) => isAlone(series.values, at)),
    symbol: (_: unknown, { dataIndex }: { dataIndex: number }) =>
      isAlone(series.values, dataIndex) ? 'circle' : 'none',
    symbolSize: dashed ? 7 : 5,
    lineStyle: { width: isStacked ? 0 : 1.5, color: full, type: dashed ? [4, 3] : ('solid' as const) },
    // A dashed line's lone values are rings: told from those of the full one, which show through where both are the same.
    itemStyle: dashed ? { color: 'transparent', borderColor: full, borderWidth: 1.5 } : { color: full },
    emphasis: { disabled: true },
    ...(isStacked ? { stack: 'all', step: 'end' as const, areaStyle: { color: colour, opacity: 0.88 } } : {}),
    ...(data.isFilled && !isStacked && !dashed ? { areaStyle: { color: full, opacity: 0.1 } } : {}),
    data: isStacked ? stepsOf(data, series) : pointsOf(data, series),
  }
}

/** A bucket's value stands in its middle, so that bars fill it. */
function pointsOf(data: TimeData, { values }: ChartSeries): (number | null)[][] {
  return startsOf(data).map((_, bucket) => [middleOf(data, bucket), values[bucket] ?? null])
}

/** A bucket's sum from its beginning to its end: a slope to its neighbours would be a course that nothing tells of. */
function stepsOf(data: TimeData, { values }: ChartSeries): (number | null)[][] {
  return data.edges.map((edge, bucket) => [edge, values[Math.min(bucket, values.length - 1)] ?? null])
}

export function timeOption(
  data: TimeData,
  shown: readonly { readonly series: ChartSeries; readonly colour: string }[],
  look: {
    readonly colours: Colours
    readonly unit: string
    readonly threshold: Threshold | undefined
    readonly marks?: readonly TimeMark[]
    /** Of the whole chart; 0 where it is not known yet. */
    readonly widthPx: number
    /** Its axis begins and ends where that of others does, whatever its figures are. */
    readonly aligned: boolean
  },
): ChartOption {
  const { colours, unit, threshold, marks = [], widthPx, aligned } = look
  const room = aligned ? { ...grid, ...fixedRoom } : grid
  const bounds = wholeOf(data)
  const markLine = (threshold || marks.length > 0) && {
    silent: true,
    animation: false,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: colours.error, type: [4, 3], width: 1 },
    data: [
      ...(threshold ? [{ yAxis: threshold.value }] : []),
      ...markData(marks, bounds, colours, (widthPx || usualWidthPx) - fixedRoom.left - grid.right),
    ],
  }
  const most = Math.max(
    threshold?.value ?? 0,
    mostOf(
      data,
      shown.map(({ series }) => series),
    ),
  )
  const axis = axisLook(colours)
  return {
    animation: false,
    grid: isLabelled(marks) ? { ...room, top: 20 } : room,
    xAxis: {
      ...axis,
      type: 'time',
      min: bounds.fromMs,
      max: bounds.toMs,
      splitLine: { show: false },
      axisLabel: {
        ...axis.axisLabel,
        customValues: [...timeTicks(bounds)],
        formatter: (ms: number) => momentOnAxis(ms),
      },
    },
    yAxis: {
      ...axis,
      type: 'value',
      min: 0,
      splitNumber: 2,
      ...scaleOf(unit, most),
      axisLabel: { ...axis.axisLabel, formatter: (value: number) => onAxis(value, unit) },
    },
    series: shown.map(({ series, colour }, index) => ({
      id: series.name,
      name: series.name,
      silent: true,
      ...(data.shape === 'bars'
        ? {
            type: 'bar' as const,
            stack: 'all',
            emphasis: { disabled: true },
            barCategoryGap: '18%',
            // A series is one shape, and not one a bar.
            large: true,
            largeThreshold: 1,
            itemStyle: { color: colour },
            data: pointsOf(data, series),
          }
        : lineOf(data, series, colour, colours, data.shape === 'area')),
      ...(index === 0 && markLine ? { markLine } : {}),
    })),
  }
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Steps that read well as durations, which multiples of ten do not. */
const durations = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12, 24, 48, 96, 168].map((count) => count * hour),
]

/** Steps of shares so small that they would lie flat on the ground of an axis of 100 %. */
const smallShares = [0.01, 0.02, 0.05, 0.1]

/** How the axis of values is cut: two or three steps. */
function scaleOf(unit: string, most: number): { max?: number; interval?: number; minInterval?: number } {
  if (unit === 'share') {
    const step = smallShares.find((one) => most > 0 && most <= 2 * one) ?? 0.5
    return most <= 1 ? { max: 2 * step, interval: step } : {}
  }
  if (unit === 'count' || unit === 'tokens') return { minInterval: 1 }
  const interval = unit === 'ms' && most > 0 ? durations.find((step) => most / step <= 3) : undefined
  return interval === undefined ? {} : { interval, max: Math.ceil(most / interval) * interval }
}
