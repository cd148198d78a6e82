import { describe, expect, it } from 'vitest'
import type { LimitWindow } from '../../../../src/contract/limits.ts'
import { isBlank } from '../../../../src/renderer/charts/series.ts'
import { creditsCourse } from '../../../../src/renderer/views/limits/credits-course.ts'
import {
  countedPoints,
  limitName,
  paceWords,
  resetWords,
  windowTitle,
} from '../../../../src/renderer/views/limits/limit-words.ts'
import { moveFigure, moveTitle } from '../../../../src/renderer/views/limits/move-words.ts'
import { movedRows } from '../../../../src/renderer/views/limits/moved-rows.ts'
import { drawnOf, windowCourse, windowMarks } from '../../../../src/renderer/views/limits/window-course.ts'

const hour = 3_600_000
const noon = new Date(2026, 10, 3, 12).getTime()

function windowOf(over: Partial<LimitWindow> = {}, now: Partial<LimitWindow['now']> = {}): LimitWindow {
  const [startMs, resetsAtMs] = [noon - 2 * hour, noon + 3 * hour]
  return {
    ...{ limitId: 'codex', name: null, account: null, windowMinutes: 300, elsewherePercent: 0 },
    ...{ moved: [], others: { sessions: 0, risePercent: 0 } },
    now: {
      ...{ usedPercent: 40, atMs: noon - hour / 2, startMs, resetsAtMs, plan: null, perHour: 24, hours: 1 },
      ...{ forecast: { kind: 'full', atMs: noon + 2.5 * hour } },
      ...now,
    },
    periods: [
      {
        ...{ startMs, resetsAtMs, usedPercent: 40, end: 'open', endMs: resetsAtMs },
        points: [{ atMs: noon - hour / 2, usedPercent: 40 }],
      },
    ],
    ...over,
  }
}

describe('the words about a window', () => {
  it('say where its pace leads', () => {
    const words = paceWords(windowOf().now, noon)
    expect(words).toBe('24 points in the last hour; at this hour’s pace: full at 14:30, 30 min before its reset')
    expect(resetWords(windowOf().now, noon)).toBe('reset at 15:00, in 3 h 00 m')
    const over = windowOf({}, { forecast: { kind: 'over' } }).now
    expect(paceWords(over, noon + 4 * hour)).toBe('nothing noted since')
    expect(resetWords(over, noon + 4 * hour)).toBe('was reset at 15:00')
    expect(resetWords(over, noon + 24 * hour)).toBe('was reset yesterday at 15:00')
    const day = windowOf({}, { hours: 24, perHour: 0.5, forecast: { kind: 'lasts' } }).now
    expect(paceWords(day, noon)).toBe('12 points in the last day; at this day’s pace it lasts until its reset')
  })

  it('name it by its length, and a limit of its own by its name', () => {
    expect(windowTitle(windowOf())).toBe('5-hour window')
    expect(windowTitle(windowOf({ limitId: 'spark', name: 'Spark', windowMinutes: 10_080 }))).toBe(
      'Spark, weekly window',
    )
    expect([1, 0.01, 3.25].map(countedPoints)).toEqual(['1 point', '<0.1 points', '3.3 points'])
  })
})

describe('the course of a window', () => {
  it('goes on at its pace to its reset where the range ends now', () => {
    const data = windowCourse(windowOf(), drawnOf([windowOf()], { fromMs: noon - 12 * hour, toMs: noon }, noon), noon)
    const [used, pace] = data.series
    expect(isBlank(data)).toBe(false)
    expect(data.edges.at(-1)).toBeGreaterThanOrEqual(noon + 3 * hour)
    expect(used?.values.filter((value) => value !== null).every((value) => value === 0.4)).toBe(true)
    const ahead = pace?.values.filter((value) => value !== null) ?? []
    expect(ahead).toEqual([...ahead].sort((a, b) => a - b))
    expect(ahead.at(-1)).toBe(1)
    expect(windowMarks(windowOf(), data, noon).map(({ label }) => label)).toEqual(['reset 15:00'])
  })

  it('has the axis of all windows, so that what lies below each other is of one time', () => {
    const week = windowOf({ windowMinutes: 10_080 }, { resetsAtMs: noon + 4 * hour, forecast: { kind: 'lasts' } })
    const drawn = drawnOf([windowOf(), week], { fromMs: noon - 12 * hour, toMs: noon }, noon)
    const [five, seven] = [windowOf(), week].map((window) => windowCourse(window, drawn, noon))
    expect(five?.edges).toEqual(seven?.edges)
    expect(creditsCourse([{ atMs: noon - hour, balance: 1 }], drawn, noon).edges).toEqual(five?.edges)
    expect(drawn.untilMs).toBe(noon + 4 * hour)
  })

  it('has no future in a range that has passed', () => {
    const data = windowCourse(
      windowOf(),
      drawnOf([windowOf()], { fromMs: noon - 12 * hour, toMs: noon - 6 * hour }, noon),
      noon,
    )
    expect(data.series).toHaveLength(1)
    expect(isBlank(data)).toBe(true)
    expect(data.edges.at(-1)).toBeLessThan(noon)
  })

  it('marks a window that was begun anew by a dashed line', () => {
    const [period] = windowOf().periods
    const periods = period ? [{ ...period, end: 'anew' as const, endMs: noon - hour }] : []
    const window = windowOf({ periods })
    const data = windowCourse(window, drawnOf([window], { fromMs: noon - 12 * hour, toMs: noon }, noon), noon)
    expect(windowMarks(window, data, noon)).toMatchObject([{ isDashed: true, label: 'restarted 11:00' }])
  })
})

it('credits are named as the windows of their limit are', () => {
  const windows = [
    { limitId: 'codex_bengalfox', name: null, windowMinutes: 300 },
    { limitId: 'codex_bengalfox', name: 'GPT-5.3-Codex-Spark', windowMinutes: 10_080 },
  ]
  const ids = ['codex', 'codex_bengalfox', 'codex_other']
  expect(ids.map((id) => limitName(id, windows))).toEqual(['codex', 'GPT-5.3-Codex-Spark', 'codex_other'])
})

it('credits are as they were noted last, and not known before the first note', () => {
  const points = [
    { atMs: noon - 2 * hour, balance: 12 },
    { atMs: noon - hour, balance: 11 },
  ]
  const { series, edges } = creditsCourse(points, { fromMs: noon - 4 * hour, toMs: noon, untilMs: noon }, noon)
  const at = (ms: number): number | null | undefined =>
    series[0]?.values[edges.findIndex((edge, index) => edge <= ms && ms < (edges[index + 1] ?? 0))]
  expect([at(noon - 3 * hour), at(noon - 1.5 * hour), at(noon - 1)]).toEqual([null, 12, 11])
})

describe('what moved windows', () => {
  const move = (sessionId: string, risePercent: number) => ({
    ...{ sessionId, title: sessionId, folder: null, startedAtMs: noon, risePercent },
    turns: [{ turnId: `${sessionId}-1`, atMs: noon, risePercent }],
  })
  it('is a row a session with a figure for each window, the most first', () => {
    const five = windowOf({ moved: [move('b', 5), move('a', 2)] })
    const week = windowOf({ windowMinutes: 10_080, moved: [move('a', 0.5), move('c', 0.1)] })
    expect(movedRows([five, week]).map(({ sessionId, rises }) => [sessionId, rises])).toEqual([
      ['b', [5, null]],
      ['a', [2, 0.5]],
      ['c', [null, 0.1]],
    ])
  })

  it('is a figure of a session with its helpers beside it', () => {
    const of = (sessionId: string, windowMinutes: number, risePercent: number) => ({
      ...{ sessionId, limitId: 'codex', name: null, windowMinutes, risePercent },
    })
    const all = [of('a', 300, 3.2), of('helper', 300, 1), of('a', 10_080, 0.4)]
    expect(moveFigure(all, 'a')).toMatchObject({
      ...{ name: 'points of the 5-hour limit', value: '3.2', more: '0.4 weekly, + 1 helpers' },
    })
    expect(moveTitle(all.filter(({ sessionId }) => sessionId === 'a'))).toBe(
      '3.2 points of the 5-hour window, 0.4 points of the weekly window',
    )
    expect(moveFigure([], 'a')).toBeNull()
  })
})
