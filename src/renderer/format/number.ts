const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Every digit, with thousands marked: `2,431`. */
export function exact(value: number): string {
  return grouped.format(value)
}

const steps = [
  { size: 1e9, unit: 'B' },
  { size: 1e6, unit: 'M' },
  { size: 1e3, unit: 'k' },
] as const

/** Three digits at most: `940`, `8.9k`, `412k`, `18.4M`, `2.5B`. The unit follows the rounded figure: 999,950 is `1.0M`. */
export function compact(value: number): string {
  for (const { size, unit } of steps) {
    const scaled = value / size
    if (scaled >= 99.95) return scaled < 999.5 || unit === 'B' ? `${Math.round(scaled)}${unit}` : compact(size * 1000)
    if (scaled >= 1) return `${scaled.toFixed(1)}${unit}`
  }
  return exact(value)
}

/** Every digit where a narrow column has room for them: `9,431`, `18.4k`. */
export function narrow(value: number): string {
  return value < 10_000 ? exact(value) : compact(value)
}

/** A share of a whole: `91 %`; `<1 %` rather than a false zero; nothing where there is no whole. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return ''
  const share = (part / whole) * 100
  if (share > 0 && share < 0.5) return '<1 %'
  if (share < 100 && share >= 99.5) return '>99 %'
  return `${Math.round(share)} %`
}

/** A rate with the precision that its size deserves: `0.4`, `3.2`, `214`. */
export function rate(value: number): string {
  if (value >= 10) return exact(Math.round(value))
  return value === 0 ? '0' : value.toFixed(1)
}

/** `1 span`, `38 spans`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${exact(value)} ${value === 1 ? one : many}`
}

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

export function bytes(value: number): string {
  let scaled = value
  let unit = 0
  while (scaled >= 1023.5 && unit < binaryUnits.length - 1) {
    scaled /= 1024
    unit += 1
  }
  const digits = unit > 0 && scaled < 99.95 ? 1 : 0
  return `${scaled.toFixed(digits)} ${binaryUnits[unit] ?? ''}`
}
