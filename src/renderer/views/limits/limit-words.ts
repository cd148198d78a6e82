import type { LimitWindow } from '../../../contract/limits.ts'
import { windowName } from '../../../model/codex/limits/window-name.ts'
import { duration } from '../../format/duration.ts'
import { clock, day } from '../../format/time.ts'

/** Of what has no limit of its own. */
export const mainLimit = 'codex'

type Named = Pick<LimitWindow, 'limitId' | 'name' | 'windowMinutes'>

/** `5-hour window`; the limit of a model of its own is named: `GPT-5.3-Codex-Spark, 5-hour window`. */
export function windowTitle({ limitId, name, windowMinutes }: Named): string {
  const window = `${windowName(windowMinutes)} window`
  return limitId === mainLimit ? `${window.charAt(0).toUpperCase()}${window.slice(1)}` : `${name ?? limitId}, ${window}`
}

/** `5-hour`, `weekly`, `GPT-5.3-Codex-Spark 5-hour`: the head of a column. */
export function windowHead({ limitId, name, windowMinutes }: Named): string {
  const window = windowName(windowMinutes)
  return limitId === mainLimit ? `${window.charAt(0).toUpperCase()}${window.slice(1)}` : `${name ?? limitId} ${window}`
}

/** What credits are of: the limit as its windows are called. */
export function limitName(limitId: string, windows: readonly Named[]): string {
  const named = windows.find((window) => window.limitId === limitId && window.name !== null)
  return limitId === mainLimit ? limitId : (named?.name ?? limitId)
}

const digits = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** `3.2`; `<0.1` rather than a false zero. */
export function points(percent: number): string {
  return percent > 0 && percent < 0.05 ? '<0.1' : digits.format(percent)
}

/** In a column, where the points of figures stand below each other; nothing where it did not move. */
export function risenWords(percent: number | null | undefined): string {
  if (percent === null || percent === undefined) return ''
  return percent > 0 && percent < 0.05 ? '<0.1' : percent.toFixed(1)
}

/** `1 point`, `3.2 points` */
export function countedPoints(percent: number): string {
  const figure = points(percent)
  return `${figure} ${figure === '1' ? 'point' : 'points'}`
}

const clockOf = (ms: number): string => clock(ms).slice(0, 5)

/** The day, as it stands within a sentence; null: today. */
function dayOf(ms: number, nowMs: number): string | null {
  const date = day(ms, nowMs)
  return date === 'Today' ? null : date === 'Yesterday' ? 'yesterday' : date
}

/** `16:40`, with the day where it is not today. */
export function moment(ms: number, nowMs: number): string {
  const date = dayOf(ms, nowMs)
  return date === null ? clockOf(ms) : `${date} ${clockOf(ms)}`
}

/** `at 16:40`, `yesterday at 16:40`, `on 3 Dec at 06:40` */
function atMoment(ms: number, nowMs: number): string {
  const date = dayOf(ms, nowMs)
  const which = date === null ? '' : date === 'yesterday' ? 'yesterday ' : `on ${date} `
  return `${which}at ${clockOf(ms)}`
}

/** In whole minutes: `2 h 10 m`. */
function untilWords(ms: number): string {
  return ms < 3_600_000 ? `${String(Math.max(1, Math.round(ms / 60_000)))} min` : duration(ms)
}

/** When the window is reset. */
export function resetWords({ resetsAtMs }: LimitWindow['now'], nowMs: number): string {
  if (resetsAtMs === null) return 'reset time unknown'
  return resetsAtMs > nowMs
    ? `reset ${atMoment(resetsAtMs, nowMs)}, in ${untilWords(resetsAtMs - nowMs)}`
    : `was reset ${atMoment(resetsAtMs, nowMs)}`
}

/** Where its pace leads: `at this hour's pace: full at 16:40`. */
export function paceWords({ forecast, perHour, hours, resetsAtMs }: LimitWindow['now'], nowMs: number): string {
  const stretch = hours === 1 ? 'hour' : 'day'
  const pace = `${countedPoints(perHour * hours)} in the last ${stretch}`
  switch (forecast.kind) {
    case 'full': {
      const early = resetsAtMs === null ? '' : `, ${untilWords(resetsAtMs - forecast.atMs)} before its reset`
      return `${pace}; at this ${stretch}’s pace: full ${atMoment(forecast.atMs, nowMs)}${early}`
    }
    case 'lasts':
      return `${pace}; at this ${stretch}’s pace it lasts until its reset`
    case 'still':
      return `nothing used in the last ${stretch}`
    case 'reached':
      return 'full: Codex answers again after the reset'
    case 'over':
      return 'nothing noted since'
  }
}
