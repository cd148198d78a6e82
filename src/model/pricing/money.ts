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
  return `${sign}${inCurrency(size, digits, digits)}`
}

const money = { style: 'currency', currency: 'USD' } as const
/** A formatter takes milliseconds to make, so each is made when it is needed. */
const made = new Map<number, Intl.NumberFormat>()

function inCurrency(value: number, leastDigits: number, mostDigits: number): string {
  const key = leastDigits * 100 + mostDigits
  const format =
    made.get(key) ??
    new Intl.NumberFormat('en', { ...money, minimumFractionDigits: leastDigits, maximumFractionDigits: mostDigits })
  made.set(key, format)
  return format.format(value)
}

/** Every digit, for a tooltip: `$0.031544`. */
export function exactUsd(value: number): string {
  return inCurrency(value, 2, 9)
}
