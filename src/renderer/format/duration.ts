const pad = (value: number): string => String(value).padStart(2, '0')

/**
 * A duration in the precision that a reader can use: `400 µs`, `340 ms`, `1.2 s`, `11 m 04 s`, `1 h 12 m`, `2 d 03 h`.
 * Units change on the rounded figure, so that 59.97 s is `1 m 00 s` and never `60.0 s`.
 */
export function duration(ms: number): string {
  if (ms < 0) return `−${duration(-ms)}`
  if (ms === 0) return '0 ms'
  if (ms < 0.9995) return `${(ms * 1000).toFixed(ms < 0.00095 ? 1 : 0)} µs`
  if (ms < 9.95) return `${ms.toFixed(1)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`
  const minutes = Math.round(ms / 60_000)
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} m`
  const hours = Math.round(ms / 3_600_000)
  return `${Math.floor(hours / 24)} d ${pad(hours % 24)} h`
}

const exactSeconds = new Intl.NumberFormat('en', { minimumFractionDigits: 3, maximumFractionDigits: 6 })

/** The exact value for a tooltip: seconds down to the microsecond that Codex's clock may still mean. */
export function exactDuration(ms: number): string {
  return `${exactSeconds.format(ms / 1000)} s`
}
