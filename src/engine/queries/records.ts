import { ProcedureError } from '../../contract/result.ts'
import { logToJson, resourceToJson, scopeToJson, spanToJson } from '../otlp/to-json.ts'
import { Cursor } from '../otlp/wire/cursor.ts'
import { decompress } from '../store/compression.ts'
import type { Db } from '../store/database.ts'

/** A record whole, with what stands around it in its body, in OTLP/JSON's field names. */
export interface WholeRecord {
  readonly resource: unknown
  readonly scope: unknown
  readonly record: unknown
}

/** Reads records back out of their bodies; keeps the last few bodies unpacked, for lists of neighbouring records. */
export interface RecordReader {
  log(body: number, at: number): WholeRecord
  span(body: number, at: number): WholeRecord
  /** A log record's own bytes, without what stands around it. */
  logBytes(body: number, at: number): Buffer
}

const mostKept = 8

export function recordReader(db: Db): RecordReader {
  const find = db.prepare<[number], { codec: number; bytes: Buffer }>('SELECT codec, bytes FROM body WHERE id = ?')
  const kept = new Map<number, Buffer>()

  function load(body: number): Buffer {
    const known = kept.get(body)
    if (known !== undefined) return known
    const row = find.get(body)
    if (row === undefined) throw new ProcedureError('not_found', 'the raw record is no longer stored')
    const bytes = decompress(row.codec, row.bytes)
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? 0)
    kept.set(body, bytes)
    return bytes
  }

  function read(body: number, at: number, toJson: (bytes: Uint8Array) => unknown): WholeRecord {
    const bytes = load(body)
    const { resource, scope } = around(bytes, at)
    return {
      resource: resource === null ? null : resourceToJson(resource),
      scope: scope === null ? null : scopeToJson(scope),
      record: toJson(messageAt(bytes, at)),
    }
  }
  return {
    log: (body, at) => read(body, at, logToJson),
    span: (body, at) => read(body, at, spanToJson),
    logBytes: (body, at) => messageAt(load(body), at),
  }
}

export function messageAt(bytes: Buffer, at: number): Buffer {
  const cursor = new Cursor(bytes, at)
  const length = cursor.length()
  return bytes.subarray(cursor.position, cursor.position + length)
}

/** The resource and scope of the groups that the place lies in: field 1 of each, groups in 1 and then 2. */
function around(bytes: Buffer, at: number): { resource: Buffer | null; scope: Buffer | null } {
  const group = enclosing(bytes, 0, bytes.length, 10, at)
  const scopeGroup = group === null ? null : enclosing(bytes, group.start, group.end, 18, at)
  return {
    resource: group === null ? null : firstField(bytes, group),
    scope: scopeGroup === null ? null : firstField(bytes, scopeGroup),
  }
}

interface Extent {
  readonly start: number
  readonly end: number
}

function enclosing(bytes: Buffer, start: number, end: number, tag: number, at: number): Extent | null {
  const cursor = new Cursor(bytes, start, end)
  while (cursor.position < end) {
    const found = cursor.tag()
    if (found !== tag) {
      cursor.skip(found & 7)
      continue
    }
    const length = cursor.length()
    const extent = { start: cursor.position, end: cursor.position + length }
    if (extent.start <= at && at < extent.end) return extent
    cursor.position = extent.end
  }
  return null
}

function firstField(bytes: Buffer, { start, end }: Extent): Buffer | null {
  const cursor = new Cursor(bytes, start, end)
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 10) return messageAt(bytes, cursor.position)
    cursor.skip(tag & 7)
  }
  return null
}
