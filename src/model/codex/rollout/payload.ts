import type { Attributes, AttributeValue } from '../../attributes.ts'

/** A part of a line that is an object; an empty one where it is anything else. */
export function part(of: Attributes, key: string): Attributes {
  return asPart(of[key])
}

export function asPart(value: AttributeValue | undefined): Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Attributes) : {}
}

/** A part of a line that is a list of objects. */
export function parts(of: Attributes, key: string): readonly Attributes[] {
  const value = of[key]
  return Array.isArray(value) ? (value as readonly AttributeValue[]).map(asPart) : []
}

/** `{secs, nanos}` in milliseconds. */
export function durationMs(of: Attributes, key: string): number | null {
  const { secs, nanos } = part(of, key)
  if (typeof secs !== 'number' || typeof nanos !== 'number' || !(secs >= 0) || !(nanos >= 0)) return null
  const ms = secs * 1000 + nanos / 1e6
  return Number.isSafeInteger(Math.round(ms)) ? ms : null
}

/** Unix milliseconds of a `…_at_ms` or of whole seconds times 1,000, in years that can be: 2020 to 2100. */
export function plausibleMs(ms: AttributeValue | undefined): number | null {
  return typeof ms === 'number' && ms >= 1_577_836_800_000 && ms < 4_102_444_800_000 ? ms : null
}
