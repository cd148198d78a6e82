import { deepestNesting } from './shape.ts'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
/** Of what may stand outside a text, only null begins with it, or has one. */
const nullStart = 0x6e

/** Lists and objects inside each other: a value takes four of them at most, and an unknown field may have some of its own. */
export const deepestJson = 16 * deepestNesting
/**
 * Lists, objects and nulls. In a body of 64 MiB, sixteen bytes each: an attribute takes nineteen. An empty one takes two bytes, and a
 * hundred once parsed, so that many of them in few bytes hold the thread for as long as a body of the full size.
 */
const mostContainers = 4 * 1024 * 1024
const fewContainers = 512 * 1024
/** `"links":[],` takes eleven, and has others beside it. */
const fewestBytesEach = 8
const mostValues = 16 * 1024 * 1024
/** Each takes JSON.parse a microsecond, and one that it has met a tenth of that. OTLP has sixty: what senders name are values of it. */
const mostNames = 256 * 1024
const shortestName = '"a":0,'.length

/**
 * What a JSON text has too much of to be parsed, in words; null where nothing. Looked at before JSON.parse, which takes seconds and
 * gigabytes for a body that is nothing but brackets.
 */
export function jsonExcess(bytes: Uint8Array): string | null {
  let depth = 0
  let containers = 0
  let values = 0
  let inText = false
  const most = Math.min(mostContainers, Math.max(fewContainers, Math.floor(bytes.length / fewestBytesEach)))
  const names = bytes.length < mostNames * shortestName ? null : new NameCount()
  let name = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) {
      inText = !inText
      if (inText) name = 0
    } else if (inText) {
      name = Math.imul(name ^ (byte as number), 0x01000193) + 1
      if (byte === backslash) at++
    } else if (byte === colon) {
      if (names !== null && names.with(name) > mostNames) return `more than ${mostNames} different names`
    } else if (byte === comma) {
      if (++values > mostValues) return `more than ${mostValues} values`
    } else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > deepestJson) return `nested deeper than ${deepestJson}`
      if (++containers > most) return tooMany(most)
    } else if (byte === nullStart) {
      if (++containers > most) return tooMany(most)
    } else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return null
}

function tooMany(most: number): string {
  return `more than ${most} lists, objects and nulls${most < mostContainers ? ' in so few bytes' : ''}`
}

/** How many different names there were, at least: two with one place in the table are one. */
class NameCount {
  readonly #seen = new Uint8Array(8 * mostNames)
  #count = 0

  with(hash: number): number {
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    const at = (mixed ^ (mixed >>> 13)) & (this.#seen.length - 1)
    if (this.#seen[at] === 0) {
      this.#seen[at] = 1
      this.#count++
    }
    return this.#count
  }
}
