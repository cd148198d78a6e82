const units = [
  { minutes: 10_080, name: 'week', every: 'weekly' },
  { minutes: 1440, name: 'day', every: 'daily' },
  { minutes: 60, name: 'hour', every: 'hourly' },
  { minutes: 1, name: 'minute', every: 'minutely' },
] as const

/** A window by its length, for its slot may change: `5-hour`, `weekly`, `90-minute`. */
export function windowName(minutes: number): string {
  const unit = units.find((one) => minutes % one.minutes === 0) ?? units[3]
  const count = minutes / unit.minutes
  return count === 1 ? unit.every : `${String(count)}-${unit.name}`
}
