/** How a figure stands to that of the stretch before. */
export interface Change {
  readonly text: string
  readonly up: boolean
  /** Whether more of it is welcome; null where it is neither. */
  readonly good: boolean | null
}

/** More of these is what one hopes for; of a rate of errors it is not. */
const welcome = (unit: string, tone: string | undefined): boolean | null => {
  if (tone === 'error') return false
  if (unit === 'share') return true
  return unit === 'usd' || unit === 'ms' || unit === 'usd/h' ? false : null
}

/** null where there is nothing to compare with, or no change that shows. */
export function changeOf(
  now: number | null,
  before: number | null,
  unit: string,
  tone: string | undefined,
): Change | null {
  if (now === null || before === null) return null
  const isShare = unit === 'share'
  if (!isShare && before === 0) return null
  const change = isShare ? (now - before) * 100 : ((now - before) / before) * 100
  const size = Math.abs(change)
  const shown = size >= 9.95 || Number.isInteger(size) ? Math.round(size).toLocaleString('en') : size.toFixed(1)
  if (Number(shown.replaceAll(',', '')) === 0) return null
  // After a stretch of next to nothing, per cent are a number that nobody reads.
  const times = !isShare && size >= 1000 ? now / before : null
  const words = times === null ? `${shown} ${isShare ? 'pt' : '%'}` : times < 999.5 ? `${Math.round(times)}×` : '>999×'
  const up = change > 0
  const more = welcome(unit, tone)
  return {
    text: `${up ? '▲' : '▼'} ${words}`,
    up,
    good: more === null ? null : more === up,
  }
}
