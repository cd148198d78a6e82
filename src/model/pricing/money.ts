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
  return `${sign}${(size < 999.5 ? cents : whole).format(size)}`
}

const money = { style: 'currency', currency: 'USD' } as const
const cents = new Intl.NumberFormat('en', money)
const whole = new Intl.NumberFormat('en', { ...money, maximumFractionDigits: 0 })
const digits = new Intl.NumberFormat('en', { ...money, minimumFractionDigits: 2, maximumFractionDigits: 9 })

/** Every digit, for a tooltip: `$0.031544`. */
export function exactUsd(value: number): string {
  return digits.format(value)
}
