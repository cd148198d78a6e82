/** When the hour, day or month of a moment began, in the machine's time zone. */
export function periodStart(per: 'hour' | 'day' | 'month', nowMs: number): number {
  const now = new Date(nowMs)
  const day = per === 'month' ? 1 : now.getDate()
  const hour = per === 'hour' ? now.getHours() : 0
  return new Date(now.getFullYear(), now.getMonth(), day, hour).getTime()
}

/** When the day after that of a moment begins; a day has 23 or 25 hours at times. */
export function nextMidnight(ms: number): number {
  const day = new Date(ms)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime()
}
