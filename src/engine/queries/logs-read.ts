import { noAttributes, type Attributes } from '../../model/attributes.ts'
import { readAnyValue, readKeyValue } from '../otlp/wire/attributes.ts'
import { Cursor } from '../otlp/wire/cursor.ts'
import { decompress } from '../store/compression.ts'
import type { Db } from '../store/database.ts'

/** Where a log record lies: its body and the place of its length prefix there. */
export interface LogPlace {
  readonly body: number
  readonly at: number
}

/** Decodes only what lists need of log records; keeps the last few bodies unpacked. null: the body is no longer stored. */
export interface LogReader {
  attributes(place: LogPlace): Attributes | null
  /** What the record says in words; what is no text as JSON, and nothing where there is none. */
  body(place: LogPlace): string
  /** Hex, lower case; null where there is none. */
  ids(place: LogPlace): { readonly traceId: string | null; readonly spanId: string | null }
}

const mostKept = 8

export function logReader(db: Db): LogReader {
  const find = db.prepare<[number], { codec: number; bytes: Buffer }>('SELECT codec, bytes FROM body WHERE id = ?')
  const kept = new Map<number, Buffer | null>()

  function load(body: number): Buffer | null {
    const known = kept.get(body)
    if (known !== undefined) return known
    const row = find.get(body)
    const bytes = row === undefined ? null : decompress(row.codec, row.bytes)
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? 0)
    kept.set(body, bytes)
    return bytes
  }

  /** Calls `visit` with the tag of each field; it says whether it has read the field. */
  function eachField({ body, at }: LogPlace, visit: (tag: number, cursor: Cursor) => boolean): boolean {
    const bytes = load(body)
    if (bytes === null) return false
    const cursor = new Cursor(bytes, at)
    cursor.end = cursor.length() + cursor.position
    while (cursor.position < cursor.end) {
      const tag = cursor.tag()
      if (!visit(tag, cursor)) cursor.skip(tag & 7)
    }
    return true
  }

  return {
    attributes(place) {
      const attributes = noAttributes()
      const isThere = eachField(place, (tag, cursor) => {
        if (tag === 50) readKeyValue(cursor, attributes)
        return tag === 50
      })
      return isThere ? attributes : null
    },
    body(place) {
      let body = ''
      eachField(place, (tag, cursor) => {
        if (tag !== 42) return false
        const value = readAnyValue(cursor, 0)
        body = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
        return true
      })
      return body
    },
    ids(place) {
      let traceId: string | null = null
      let spanId: string | null = null
      eachField(place, (tag, cursor) => {
        if (tag === 74) traceId = idAt(cursor, 16)
        if (tag === 82) spanId = idAt(cursor, 8)
        return tag === 74 || tag === 82
      })
      return { traceId, spanId }
    },
  }
}

/** An id of another length, or all zeros, is none. */
function idAt(cursor: Cursor, length: number): string | null {
  const actual = cursor.length()
  const start = cursor.position
  cursor.position += actual
  const hex = cursor.buffer.toString('hex', start, cursor.position)
  return actual !== length || /^0+$/.test(hex) ? null : hex
}

/** The records of one event of a session, in order of time. An event that was never received costs one look-up. */
export function logPlaces(db: Db, sessionId: string, event: string): (LogPlace & { timeNs: string })[] {
  const name = db.prepare<[string], number>('SELECT id FROM name WHERE text = ?').pluck().get(event)
  if (name === undefined) return []
  return db
    .prepare<[string, number], LogPlace & { timeNs: string }>(
      `SELECT body, at, CAST(time_ns AS TEXT) AS timeNs FROM log
       WHERE conversation = (SELECT key FROM conversation WHERE id = ?) AND name = ? ORDER BY time_ns, id`,
    )
    .all(sessionId, name)
}
