/** The zone that this process's clock is shown in: an IANA name. */
export function ownZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  // A system whose zone nobody could read is told as one that no calendar takes.
  return isZone(timeZone) ? timeZone : 'UTC'
}

export function isZone(name: string): boolean {
  try {
    return calendarOf(name) !== null
  } catch {
    return false
  }
}

/** What a clock on the wall shows, as if it were UTC; in whole milliseconds. */
export type WallClock = (ms: number) => number

export function wallClock(zone: string): WallClock {
  const calendar = calendarOf(zone)
  return (ms) => {
    const parts: Record<string, number> = {}
    for (const { type, value } of calendar.formatToParts(ms)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((ms % 1000) + 1000) % 1000)
  }
}

/** The last one alone is kept: making one takes long, and names come from outside. */
let known: { readonly zone: string; readonly calendar: Intl.DateTimeFormat } | null = null

function calendarOf(zone: string): Intl.DateTimeFormat {
  if (known?.zone !== zone) {
    const calendar = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    })
    known = { zone, calendar }
  }
  return known.calendar
}
