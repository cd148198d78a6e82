import { describe, expect, it } from 'vitest'
import { courseOf } from '../../../../src/model/codex/limits/course.ts'
import { paceOf, type Pace } from '../../../../src/model/codex/limits/pace.ts'
import { periodsOf } from '../../../../src/model/codex/limits/periods.ts'
import type { LimitSample } from '../../../../src/model/codex/limits/sample.ts'
import { windowName } from '../../../../src/model/codex/limits/window-name.ts'
import { fiveHours, hour, minute, nine, sample } from './samples.ts'

function paceAt(minutes: number, samples: readonly LimitSample[], windowMinutes = fiveHours): Pace | null {
  const period = periodsOf(samples, windowMinutes).at(-1)
  return period === undefined ? null : paceOf(period, windowMinutes, nine + minutes * minute)
}

describe('the pace of a window', () => {
  it('is that of the last hour, and says when the window would be full', () => {
    const samples = [sample(0, 10), sample(70, 20), sample(100, 50)]
    expect(paceAt(120, samples)).toEqual({
      perHour: 40,
      hours: 1,
      forecast: { kind: 'full', atMs: nine + 120 * minute + 75 * minute },
    })
  })

  it('is that of the last day for a window of days', () => {
    const week = { resetsAtMs: nine + 72 * hour }
    expect(paceAt(60, [sample(0, 10, week), sample(60, 34, week)], 10_080)).toMatchObject({ perHour: 1, hours: 24 })
  })

  it('lasts where the reset comes first, and stands still where nothing used lately', () => {
    expect(paceAt(120, [sample(0, 10), sample(100, 12)])?.forecast).toEqual({ kind: 'lasts' })
    expect(paceAt(200, [sample(0, 10), sample(100, 12)])?.forecast).toEqual({ kind: 'still' })
  })

  it('says that a window is full, or has been reset since', () => {
    expect(paceAt(100, [sample(0, 10), sample(99, 103)])?.forecast).toEqual({ kind: 'reached' })
    expect(paceAt(241, [sample(0, 10), sample(99, 60)])?.forecast).toEqual({ kind: 'over' })
  })

  it('needs no moment of reset', () => {
    const open = { resetsAtMs: null }
    expect(paceAt(30, [sample(0, 10, open), sample(10, 60, open)])?.forecast).toMatchObject({ kind: 'full' })
  })
})

describe('the course of a window', () => {
  const edges = [0, 60, 120, 180, 240, 300, 360, 420].map((at) => nine + at * minute)

  it('is the most that was noted, goes on until the reset, and is not known after it', () => {
    const periods = periodsOf([sample(10, 10), sample(50, 30), sample(130, 40)], fiveHours)
    expect(courseOf(periods, edges, nine + 24 * hour)).toEqual([30, 30, 40, 40, null, null, null])
  })

  it('ends with the present', () => {
    const periods = periodsOf([sample(10, 10)], fiveHours)
    expect(courseOf(periods, edges, nine + 70 * minute)).toEqual([10, 10, null, null, null, null, null])
  })

  it('begins with what was noted before the range', () => {
    const periods = periodsOf([sample(-30, 10, { resetsAtMs: nine + 2 * hour })], fiveHours)
    expect(courseOf(periods, edges, nine + 24 * hour).slice(0, 3)).toEqual([10, 10, null])
  })
})

describe('the name of a window', () => {
  it('is its length', () => {
    const named = [300, 10_080, 1440, 4320, 60, 90, 43_200].map(windowName)
    expect(named).toEqual(['5-hour', 'weekly', 'daily', '3-day', 'hourly', '90-minute', '30-day'])
  })
})
