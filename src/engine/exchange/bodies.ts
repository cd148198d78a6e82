import type { Type } from 'protobufjs'
import type { JsonObject } from '../../model/exchange/record-json.ts'
import type { Signal } from '../../model/signal.ts'
import { requestType } from '../otlp/schema.ts'
import { toJson } from '../otlp/to-json.ts'
import { Cursor } from '../otlp/wire/cursor.ts'
import { decompress } from '../store/compression.ts'
import type { Db } from '../store/database.ts'

/** Records are read in order of time: neighbours lie in few bodies. */
const mostKept = 24

/** Unpacks bodies by their id, and keeps the last few. */
export function bodyReader(db: Db): (body: number) => Buffer {
  const find = db.prepare<[number], { codec: number; bytes: Buffer }>('SELECT codec, bytes FROM body WHERE id = ?')
  const kept = new Map<number, Buffer>()
  return (body) => {
    const known = kept.get(body)
    if (known !== undefined) {
      kept.delete(body)
      kept.set(body, known)
      return known
    }
    const row = find.get(body)
    if (row === undefined) throw new Error('the raw record is no longer stored')
    const bytes = decompress(row.codec, row.bytes)
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? 0)
    kept.set(body, bytes)
    return bytes
  }
}

/** The message whose length prefix stands at `at`. */
export function messageAt(bytes: Buffer, at: number): Buffer {
  const cursor = new Cursor(bytes, at)
  const length = cursor.length()
  return bytes.subarray(cursor.position, cursor.position + length)
}

interface Reader {
  (bytes: Uint8Array): JsonObject
}

/** Reads a group of a resource, a group of a scope and a record, each without what is inside it in field 2. */
export function groupReaders(signal: Signal): { resource: Reader; scope: Reader; record: Reader } {
  const resource = inner(requestType(signal), 1)
  const scope = inner(resource, 2)
  return { resource: toJson(() => resource), scope: toJson(() => scope), record: toJson(() => inner(scope, 2)) }
}

function inner(type: Type, number: number): Type {
  const found = type.fieldsById[number]?.resolve().resolvedType
  if (found === null || found === undefined || !('fieldsById' in found)) throw new Error(`${type.name} has no messages`)
  return found
}
