const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

/** `14:02:11`, local time. */
export function clock(ms: number): string {
  const at = new Date(ms)
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`
}

/** `14:02:11.340`, for moments inside a session. */
export function clockMs(ms: number): string {
  return `${clock(ms)}.${pad(new Date(ms).getMilliseconds(), 3)}`
}

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0)
}

/** Whether a day begins here: at 00:00, or later where the clock leaps over that. */
export function isMidnight(ms: number): boolean {
  return startOfDay(ms) === ms
}

/** `13 Nov`, local time. */
export function dayAndMonth(ms: number): string {
  const at = new Date(ms)
  return `${String(at.getDate())} ${months[at.getMonth()] ?? ''}`
}

/** `Today`, `Yesterday`, `13 Nov`, and with the year when it is another one. */
export function day(ms: number, nowMs: number): string {
  // Rounded, because a day of a clock change has 23 or 25 hours.
  const daysAgo = Math.round((startOfDay(nowMs) - startOfDay(ms)) / 86_400_000)
  if (daysAgo === 0) return 'Today'
  if (daysAgo === 1) return 'Yesterday'
  const year = new Date(ms).getFullYear()
  return year === new Date(nowMs).getFullYear() ? dayAndMonth(ms) : `${dayAndMonth(ms)} ${year}`
}

/** `Today 14:02:11 – 14:13:15`; the second day is named only where it is another. */
export function span(startMs: number, endMs: number, nowMs: number): string {
  const first = day(startMs, nowMs)
  const last = day(endMs, nowMs)
  return `${first} ${clock(startMs)} – ${first === last ? '' : `${last} `}${clock(endMs)}`
}

/** The whole moment for a tooltip: `2026-11-13 14:02:11.340`. */
export function exactTime(ms: number): string {
  const at = new Date(ms)
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${clockMs(ms)}`
}

/** `now`, `12 s ago`, `4 m ago`, `3 h ago`, `2 d ago`. */
export function ago(ms: number, nowMs: number): string {
  const seconds = Math.floor((nowMs - ms) / 1000)
  if (seconds < 2) return 'now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return `${Math.floor(seconds / 86_400)} d ago`
}
