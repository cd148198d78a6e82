/**
 * An amount in the precision that a reader can use: `$0.0042`, `$0.037`, `$0.37`, `$12.40`, `$1,240`. Amounts below a
 * cent keep two significant digits, so that none but zero looks like nothing.
 */
export function usd(value: number): string {
  const size = Math.abs(value)
  const sign = value < 0 ? '−' : ''
  if (size === 0) return '$0.00'
  if (size < 0.000_001) return `${sign}<$0.000001`
  if (size < 0.01) return `${sign}$${size.toFixed(Math.min(6, 1 - Math.floor(Math.log10(size))))}`
  if (size < 0.0995) return `${sign}$${size.toFixed(3)}`
  const digits = size < 999.5 ? 2 : 0
  return `${sign}$${grouped(size.toFixed(digits))}`
}

/** Thousands apart. By hand: the first formatter of the platform takes ten milliseconds to make, and a status bar has fifty in all. */
function grouped(number: string): string {
  const [whole = '', fraction] = number.split('.')
  const groups: string[] = []
  for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end))
  return [groups.join(','), ...(fraction === undefined ? [] : [fraction])].join('.')
}

const everyDigit = { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 9 } as const
let exact: Intl.NumberFormat | null = null

/** Every digit, for a tooltip: `$0.031544`. */
export function exactUsd(value: number): string {
  exact ??= new Intl.NumberFormat('en', everyDigit)
  return exact.format(value)
}
