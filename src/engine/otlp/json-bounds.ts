import { deepestNesting } from './shape.ts'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c

/** Lists and objects inside each other: a value takes four of them at most, and an unknown field may have some of its own. */
export const deepestJson = 16 * deepestNesting
/** In a body of 64 MiB, sixteen bytes each: an attribute takes nineteen. An empty one takes two bytes, and a hundred once parsed. */
const mostContainers = 4 * 1024 * 1024
const mostValues = 16 * 1024 * 1024

/**
 * What a JSON text has too much of to be parsed, in words; null where nothing. Looked at before JSON.parse, which takes seconds and
 * gigabytes for a body that is nothing but brackets.
 */
export function jsonExcess(bytes: Uint8Array): string | null {
  let depth = 0
  let containers = 0
  let values = 0
  let inText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) inText = !inText
    else if (inText) {
      if (byte === backslash) at++
    } else if (byte === comma) {
      if (++values > mostValues) return `more than ${mostValues} values`
    } else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > deepestJson) return `nested deeper than ${deepestJson}`
      if (++containers > mostContainers) return `more than ${mostContainers} lists and objects`
    } else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return null
}
