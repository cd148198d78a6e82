import { varintOf } from '../otlp/edits.ts'
import { MalformedBody } from '../otlp/malformed.ts'
import { Cursor } from '../otlp/wire/cursor.ts'

/** A field with its tag, as [start, end) of the body. */
export interface Part {
  readonly start: number
  readonly end: number
}

export interface RecordPart extends Part {
  /** Place of the record's length prefix, by which the index names it. */
  readonly at: number
}

/** A resource's or a scope's group: what it says of itself, and what it holds. */
export interface Group<T> {
  readonly heads: readonly Part[]
  readonly items: readonly T[]
}

export type ScopeGroup = Group<RecordPart>
export type ResourceGroup = Group<ScopeGroup>

/** In 128 MiB, 128 bytes each: a span takes hundreds. */
const mostParts = 1024 * 1024

/**
 * The structure that requests of all three signals share: groups in field 1, in each the resource in 1 and scope groups
 * in 2, in each of these the scope in 1 and the records in 2. Throws MalformedBody.
 */
export function partsOf(bytes: Uint8Array): ResourceGroup[] {
  const cursor = new Cursor(bytes)
  let count = 0
  /** A part of two bytes takes hundreds here. */
  function counted<T>(part: T): T {
    if (++count > mostParts) throw new MalformedBody(`more than ${mostParts} records and groups`)
    return part
  }
  const groups: ResourceGroup[] = []
  while (cursor.position < cursor.end) {
    const tag = cursor.tag()
    if (tag === 10)
      groups.push(
        counted(groupOf(cursor, () => counted(groupOf(cursor, (_, start) => counted(recordAt(cursor, start)))))),
      )
    else cursor.skip(tag & 7)
  }
  return groups
}

function groupOf<T>(cursor: Cursor, read: (cursor: Cursor, start: number) => T): Group<T> {
  const outerEnd = cursor.end
  const end = cursor.length() + cursor.position
  cursor.end = end
  const heads: Part[] = []
  const items: T[] = []
  while (cursor.position < end) {
    const start = cursor.position
    const tag = cursor.tag()
    if (tag === 18) {
      items.push(read(cursor, start))
    } else {
      cursor.skip(tag & 7)
      heads.push({ start, end: cursor.position })
    }
  }
  cursor.end = outerEnd
  return { heads, items }
}

function recordAt(cursor: Cursor, start: number): RecordPart {
  const at = cursor.position
  cursor.skip(2)
  return { start, at, end: cursor.position }
}

/** The bytes of several parts, one behind the other. */
export function joined(bytes: Buffer, parts: readonly Part[]): Buffer {
  return Buffer.concat(parts.map(({ start, end }) => bytes.subarray(start, end)))
}

export function field(number: number, content: Uint8Array): Buffer {
  return Buffer.concat([varintOf((number << 3) | 2), varintOf(content.length), content])
}
