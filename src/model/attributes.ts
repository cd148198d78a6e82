/** Attributes of a record, as plain values. Integers beyond 2^53 are text, bytes are base64. */
export type AttributeValue =
  null | string | number | boolean | readonly AttributeValue[] | { readonly [key: string]: AttributeValue }

export interface Attributes {
  [key: string]: AttributeValue
}

/** An empty set, without a prototype: a sender may name an attribute `__proto__` or `constructor`. */
export function noAttributes(): Attributes {
  return Object.create(null) as Attributes
}

/** Codex writes the same attribute as text in one event and as a number in another. */
export function text(attributes: Attributes, key: string): string | null {
  const value = attributes[key]
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return null
}

/** true or false, also from text; null where it is neither. */
export function flag(attributes: Attributes, key: string): boolean | null {
  const value = attributes[key]
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  if (value === 'false') return false
  return null
}
