import type { LimitWindow } from '../../../contract/limits.ts'
import { courseOf } from '../../../model/codex/limits/course.ts'
import { bucketEdges, bucketFor } from '../../../model/panels/buckets.ts'
import { ownZone } from '../../../model/panels/zone.ts'
import type { TimeData } from '../../charts/series.ts'
import type { TimeMark } from '../../charts/time-marks.ts'
import type { Bounds } from '../../range/range.ts'
import { moment } from './limit-words.ts'

/** So many times the buckets of a panel: a chart here is as wide as the view. */
const finer = 4
/** The most of a chart that lies in the future. */
const ahead = 0.3

/** What charts show: a range, and what is ahead of it. */
export interface Drawn extends Bounds {
  readonly untilMs: number
}

/** To the last reset that is ahead, where the range ends now and there is room for it: one axis for all charts below each other. */
export function drawnOf(windows: readonly LimitWindow[], bounds: Bounds, nowMs: number): Drawn {
  const { fromMs, toMs } = bounds
  if (toMs < nowMs - 60_000) return { ...bounds, untilMs: toMs }
  const resets = windows.flatMap(({ now: { resetsAtMs }, periods }) =>
    periods.at(-1)?.end === 'open' && resetsAtMs !== null && resetsAtMs > nowMs ? [resetsAtMs] : [],
  )
  const farthest = toMs + (ahead / (1 - ahead)) * (toMs - fromMs)
  return { ...bounds, untilMs: Math.max(toMs, Math.min(farthest, Math.max(toMs, ...resets))) }
}

export function drawnEdges({ fromMs, untilMs }: Drawn): number[] {
  return bucketEdges({ fromMs, toMs: untilMs, bucketMs: bucketFor(0, (untilMs - fromMs) / finer), zone: ownZone() })
}

/** How full a window was, and how it goes on at its pace. */
export function windowCourse(window: LimitWindow, drawn: Drawn, nowMs: number): TimeData {
  const { now, periods } = window
  const edges = drawnEdges(drawn)
  const share = (percent: number | null): number | null => (percent === null ? null : percent / 100)
  const used = {
    name: 'used',
    tone: 'accent',
    values: courseOf(periods, edges, Math.min(nowMs, drawn.toMs)).map(share),
  }
  const goesOn = (now.forecast.kind === 'full' || now.forecast.kind === 'lasts') && drawn.untilMs > drawn.toMs
  if (!goesOn) return { shape: 'line', isFilled: true, edges, series: [used] }
  const until = now.resetsAtMs ?? Infinity
  const values = edges.slice(0, -1).map((fromMs, at) => {
    const middleMs = (fromMs + (edges[at + 1] ?? fromMs)) / 2
    if ((edges[at + 1] ?? 0) <= nowMs || middleMs > until) return null
    return share(Math.min(100, now.usedPercent + (now.perHour * Math.max(0, middleMs - nowMs)) / 3_600_000))
  })
  return { shape: 'line', isFilled: true, edges, series: [used, { name: 'at this pace', tone: 'accent-soft', values }] }
}

const endWords = { reset: 'reset', anew: 'restarted', plan: 'another plan', open: 'reset' } as const

/** Where fillings ended, or will. */
export function windowMarks({ periods }: LimitWindow, { edges }: TimeData, nowMs: number): readonly TimeMark[] {
  const [fromMs, toMs] = [edges[0] ?? 0, edges.at(-1) ?? 0]
  const ends = periods.flatMap(({ end, endMs }) => (endMs === null ? [] : [{ end, endMs }]))
  return ends
    .filter(({ endMs }) => endMs > fromMs && endMs <= toMs)
    .map(({ end, endMs }) => ({
      atMs: endMs,
      label: `${endWords[end]} ${moment(endMs, nowMs)}`,
      isDashed: end === 'anew' || end === 'plan',
    }))
}
