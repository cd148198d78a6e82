import { randomBytes } from 'node:crypto'
import { Cursor } from '../../src/engine/otlp/wire/cursor.ts'
import { eachSpan } from '../../src/engine/otlp/wire/spans.ts'

/**
 * Codex's own mix, as much of it as is asked for: copies of the trace bodies of one real run, each copy with ids, turns and
 * conversations of its own and its times moved on. Everything is changed in place, so a copy is the same size as its original.
 */
export interface Corpus {
  readonly bodies: readonly Uint8Array<ArrayBuffer>[]
  readonly spans: number
  readonly bytes: number
}

export function makeCorpus(originals: readonly Buffer[], wantedSpans: number): Corpus {
  const plans = originals.map(planOf)
  const perCopy = plans.reduce((sum, { spans }) => sum + spans, 0)
  const bodies: Uint8Array<ArrayBuffer>[] = []
  let spans = 0
  for (let copy = 0; spans < wantedSpans; copy++) {
    const key = randomBytes(8)
    const uuids = new Map<string, Buffer>()
    for (const plan of plans) bodies.push(rewrite(plan, key, BigInt(copy) * 6_000_000_000n, uuids))
    spans += perCopy
  }
  return { bodies, spans, bytes: bodies.reduce((sum, { length }) => sum + length, 0) }
}

export interface Plan {
  readonly bytes: Buffer
  readonly spans: number
  /** Places of 8-byte halves of ids, of 8-byte times, and of 36-character UUIDs. */
  readonly ids: readonly number[]
  readonly times: readonly number[]
  readonly uuids: readonly number[]
}

export function planOf(bytes: Buffer): Plan {
  const ids: number[] = []
  const times: number[] = []
  let spans = 0
  eachSpan(bytes, (view) => {
    spans++
    ids.push(view.traceIdAt, view.traceIdAt + 8, view.spanIdAt)
    if (view.parentIdAt >= 0) ids.push(view.parentIdAt)
    times.push(...timesOf(bytes, view.at))
  })
  const uuids: number[] = []
  const text = bytes.toString('latin1')
  for (const match of text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g))
    uuids.push(match.index)
  return { bytes, spans, ids, times, uuids }
}

/** Start and end of a span, fields 7 and 8. */
function timesOf(bytes: Buffer, at: number): number[] {
  const cursor = new Cursor(bytes, at)
  const end = cursor.length() + cursor.position
  const times: number[] = []
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 57 || tag === 65) times.push(cursor.position)
    cursor.skip(tag & 7)
  }
  return times
}

export function rewrite(plan: Plan, key: Buffer, shiftNs: bigint, uuids: Map<string, Buffer>): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(plan.bytes.length)
  copy.set(plan.bytes)
  const bytes = Buffer.from(copy.buffer)
  for (const at of plan.ids) for (let i = 0; i < 8; i++) bytes[at + i] = (bytes[at + i] ?? 0) ^ (key[i] ?? 0)
  for (const at of plan.times) bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at) + shiftNs, at)
  for (const at of plan.uuids) {
    const original = bytes.toString('latin1', at, at + 36)
    const known = uuids.get(original) ?? freshUuid()
    uuids.set(original, known)
    known.copy(bytes, at)
  }
  return copy
}

function freshUuid(): Buffer {
  const hex = randomBytes(16).toString('hex')
  return Buffer.from(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
  )
}
