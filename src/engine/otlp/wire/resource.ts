import { noAttributes, text, type Attributes } from '../../../model/attributes.ts'
import { readKeyValue } from './attributes.ts'
import { Cursor } from './cursor.ts'

/** The process that sent a body, as its resource names it, and what in it made the records. */
export interface Sender {
  readonly service: string
  readonly version: string
  readonly attributes: Attributes
  /** Name of the instrumentation scope. */
  readonly scope: string
}

const unnamed: Sender = { service: '', version: '', attributes: noAttributes(), scope: '' }

/**
 * Walks the groups of a request (`ResourceSpans`, `ResourceLogs`, `ResourceMetrics`: all have the resource in
 * field 1 and their scopes in field 2) and in each scope the records of field 2. The cursor stands on a
 * record's length when `visit` is called, and must stand behind the record afterwards.
 */
export function eachRecord(bytes: Uint8Array, visit: (cursor: Cursor, sender: Sender) => void): void {
  for (const group of groupsOf(bytes)) {
    const { end } = group
    const sender = readSender(bytes, group.position, end)
    while (group.position < end) {
      const tag = group.tag()
      if (tag === 18) eachOfScope(group, sender, visit)
      else group.skip(tag & 7)
    }
  }
}

/** The process that sent the body, as the resource of its first record names it. */
export function firstSender(bytes: Uint8Array): Sender {
  for (const { position, end } of groupsOf(bytes))
    if (hasRecord(new Cursor(bytes, position, end))) return readSender(bytes, position, end)
  return unnamed
}

/** How many groups of a request hold no record: what they hold stands where OTLP has nothing, or is nothing. */
export function groupsWithoutRecord(bytes: Uint8Array): number {
  let without = 0
  for (const group of groupsOf(bytes)) if (group.end > group.position && !hasRecord(group)) without++
  return without
}

/** A cursor for each group of a request, bounded by it. */
function* groupsOf(bytes: Uint8Array): Generator<Cursor> {
  const cursor = new Cursor(bytes)
  while (cursor.position < cursor.end) {
    const tag = cursor.tag()
    if (tag !== 10) {
      cursor.skip(tag & 7)
      continue
    }
    const end = cursor.length() + cursor.position
    yield new Cursor(bytes, cursor.position, end)
    cursor.position = end
  }
}

/** Of a group, in which the second field is a scope, and of a scope, in which it is a record. */
function hasRecord(cursor: Cursor, isScope = false): boolean {
  while (cursor.position < cursor.end) {
    const tag = cursor.tag()
    if (tag === 18) {
      if (isScope) return true
      const end = cursor.length() + cursor.position
      if (hasRecord(new Cursor(cursor.buffer, cursor.position, end), true)) return true
      cursor.position = end
    } else cursor.skip(tag & 7)
  }
  return false
}

function eachOfScope(cursor: Cursor, sender: Sender, visit: (cursor: Cursor, sender: Sender) => void): void {
  const groupEnd = cursor.end
  const scopeEnd = cursor.length() + cursor.position
  cursor.end = scopeEnd
  const of = { ...sender, scope: scopeName(cursor, scopeEnd) }
  while (cursor.position < scopeEnd) {
    const tag = cursor.tag()
    if (tag === 18) visit(cursor, of)
    else cursor.skip(tag & 7)
  }
  cursor.end = groupEnd
}

/** Stands before the records in every encoder known; the cursor stays where it is. */
function scopeName({ buffer, position }: Cursor, end: number): string {
  const cursor = new Cursor(buffer, position, end)
  if (position >= end || cursor.tag() !== 10) return ''
  const scopeEnd = cursor.length() + cursor.position
  while (cursor.position < scopeEnd) {
    const tag = cursor.tag()
    if (tag === 10) return cursor.text()
    cursor.skip(tag & 7)
  }
  return ''
}

/** The resource may stand behind its scopes on the wire, so it is looked for first. */
function readSender(bytes: Uint8Array, start: number, end: number): Sender {
  const cursor = new Cursor(bytes, start, end)
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag !== 10) {
      cursor.skip(tag & 7)
      continue
    }
    const attributes = noAttributes()
    const resourceEnd = cursor.length() + cursor.position
    while (cursor.position < resourceEnd) {
      const inner = cursor.tag()
      if (inner === 10) readKeyValue(cursor, attributes)
      else cursor.skip(inner & 7)
    }
    return {
      service: text(attributes, 'service.name') ?? '',
      version: text(attributes, 'service.version') ?? '',
      attributes,
      scope: '',
    }
  }
  return unnamed
}
