import type { AttributeValue, Attributes } from './attributes.ts'

/**
 * The largest number that a record may state as a count, in milliseconds 24 days: what the 32 bits of a panel's lists hold, far above
 * what one record can mean, and four million of them still add up exactly.
 */
export const largestCount = 0x7fff_ffff

/** A whole number from 0 to the largest, also as text, which is how Codex writes most of them; null for anything else. */
export function asCount(value: AttributeValue | undefined): number | null {
  const amount = asAmount(value)
  return amount !== null && Number.isInteger(amount) ? amount : null
}

/** Like a count, but with fractions: seconds, dollars, a share of something. Python prints small ones as `4.5e-05`. */
export function asAmount(value: AttributeValue | undefined): number | null {
  const number =
    typeof value === 'string' && /^\d{1,10}(?:\.\d{1,20})?(?:e-\d{1,3})?$/i.test(value) ? Number(value) : value
  // Infinity is above every number, and NaN within no bounds. `-0` becomes a 0, which SQLite does not keep as a fraction.
  return typeof number === 'number' && number >= 0 && number <= largestCount ? number + 0 : null
}

export function countOf(attributes: Attributes, key: string): number | null {
  return asCount(attributes[key])
}

export function amountOf(attributes: Attributes, key: string): number | null {
  return asAmount(attributes[key])
}

/** The keys that have a value which is no count: it was meant to be one, and adds to nothing. */
export function notCounts(attributes: Attributes, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => isStated(attributes[key]) && countOf(attributes, key) === null)
}

/** Whether there is a value, of any kind. */
export function isStated(value: AttributeValue | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}
