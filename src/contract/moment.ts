const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** What a text may be that names a moment, for whoever has to say so. */
export const momentExamples = '90m, 24h, 7d, 2w, 2026-11-01 or 2026-11-01T12:00'

/** With today seven days, from the midnight on that the first of them began with, by this machine's clock. */
export function aWeekAgo(nowMs: number): number {
  const today = new Date(nowMs)
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - 6).getTime()
}

/**
 * The moment that a person or an agent names: `90m`, `24h`, `7d` or `2w` ago; a day, which is where it begins by this machine's clock, as
 * the days of costs do; or a time of ISO 8601, by the same clock unless it names a zone. null: it is none of these.
 */
export function momentOf(text: string, nowMs: number): number | null {
  const said = text.trim()
  const [, amount, unit = ''] = /^(\d{1,5})\s*([mhdw])$/.exec(said) ?? []
  if (amount !== undefined) return nowMs - Number(amount) * (unitMs[unit] ?? 0)
  const [, year, month, day, time] = /^(\d{4})-(\d{2})-(\d{2})(?:T(\S+))?$/.exec(said) ?? []
  if (year === undefined) return null
  const midnight = new Date(Number(year), Number(month) - 1, Number(day))
  // The calendar has no 30th of February, and JavaScript takes it for the 2nd of March.
  if (midnight.getMonth() !== Number(month) - 1 || midnight.getDate() !== Number(day)) return null
  if (time === undefined) return midnight.getTime()
  const moment = Date.parse(said)
  return Number.isNaN(moment) ? null : moment
}
