import Database from 'better-sqlite3'
import { storesEverything, type Privacy } from '../../contract/settings.ts'
import type { Signal } from '../../model/signal.ts'
import type { ForwardQueue } from '../forwarding/queue.ts'
import { jsonToProtobuf } from '../otlp/json-to-protobuf.ts'
import { cutToLimits, defaultLimits } from '../otlp/limits.ts'
import { MalformedBody } from '../otlp/malformed.ts'
import { checkEncoding } from '../otlp/other-encoding.ts'
import { checkSignal } from '../otlp/other-signal.ts'
import { privacyFilter } from '../otlp/privacy.ts'
import { groupsWithoutRecord } from '../otlp/wire/resource.ts'
import type { Accepted } from '../receivers/received-body.ts'
import type { Db } from './database.ts'
import { diskTrouble } from './disk-trouble.ts'
import type { Ingester } from './ingest.ts'
import type { Stored } from './messages.ts'
import type { Origin } from './origins.ts'
import type { PackedBody } from './packed-body.ts'
import { readSettings } from './settings.ts'
import { failed, remark, unavailable } from './stored-words.ts'
import type { Tombstones } from './tombstones.ts'

export interface Incoming {
  readonly signal: Signal
  readonly encoding: 'protobuf' | 'json'
  readonly origin: Origin
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Of these bytes, where somebody has done it. */
  readonly packed?: PackedBody | null
}

/** A body that can be stored, as it may be. */
interface Prepared {
  readonly body: Incoming
  /** In protobuf, within the limits and without what is private. */
  readonly bytes: Uint8Array
  readonly cut: number
  readonly edited: number
  /** Groups without a record. */
  readonly empty: number
}

export interface BodyStore {
  /** In one transaction; an answer for each, in order. What it answers `stored` is committed. */
  store(bodies: readonly Incoming[]): readonly Stored[]
  /** What is left out of bodies from here on. */
  setPrivacy(privacy: Privacy): void
  /** Must follow whatever took rows away without it: their ids must not be used again from memory. */
  forget(): void
}

export function bodyStore(db: Db, ingest: Ingester, tombs: Tombstones, forwarding: ForwardQueue): BodyStore {
  let withoutPrivate = privacyFilter(readSettings(db).privacy ?? storesEverything)

  /** All that can be done without the database, so that what cannot be read holds up nothing else. */
  function prepare(body: Incoming): Prepared | Stored {
    try {
      checkEncoding(body.bytes, body.encoding)
      const protobuf = body.encoding === 'json' ? jsonToProtobuf(body.signal, body.bytes) : body.bytes
      checkSignal(protobuf, body.signal)
      const limited = cutToLimits(body.signal, protobuf, defaultLimits)
      // Last, because it relies on the limits: forwarding alone gets what was received.
      const filtered =
        body.origin === 'sample' ? { body: limited.body, edited: 0 } : withoutPrivate(body.signal, limited.body)
      const empty = groupsWithoutRecord(protobuf)
      return { body, bytes: filtered.body, cut: limited.cut, edited: filtered.edited, empty }
    } catch (error) {
      return unreadable(error, body.bytes.length)
    }
  }

  function storeOne({ body, bytes, cut, edited, empty }: Prepared, receivedMs: number): Stored {
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const left = body.origin === 'received' ? tombs.without(body.signal, whole, true) : whole
    const kept = left ?? Buffer.alloc(0)
    const packed = left === whole && bytes === body.bytes ? (body.packed ?? undefined) : undefined
    const result = ingest.store(body.signal, kept, body.origin, receivedMs, packed)
    if (body.origin === 'received' && !result.repeated)
      forwarding.add({
        signal: body.signal,
        encoding: body.encoding,
        received: body.bytes,
        body: result.body,
        stored: kept,
        records: result.records + result.rejected,
        receivedMs,
      })
    const accepted: Accepted = {
      kind: 'stored',
      records: result.records,
      rejected: result.rejected,
      message: remark(result, cut, empty, body.signal),
    }
    const { repeated, service, version } = result
    return { accepted, repeated, cut, edited, bytes: body.bytes.length, service, version, disk: null }
  }

  /** In one transaction, or each in its own where that cannot be. */
  function storeGroup(group: readonly (Prepared | Stored)[], receivedMs: number): readonly Stored[] {
    try {
      const each = (): Stored[] => group.map((one) => ('accepted' in one ? one : storeOne(one, receivedMs)))
      return db.transaction(each).immediate()
    } catch (error) {
      // One cannot be read to its end, or the disk is full: nothing of the group is stored. Alone, one body cannot take the others with it.
      forget()
      if (group.length > 1) return group.flatMap((one) => storeGroup([one], receivedMs))
      return group.map((one) => ('accepted' in one ? one : notStored(error, one.body.bytes.length)))
    }
  }

  function forget(): void {
    ingest.forget()
    forwarding.reload()
    tombs.reload()
  }

  return {
    store: (bodies) => storeGroup(bodies.map(prepare), Date.now()),
    setPrivacy(privacy) {
      withoutPrivate = privacyFilter(privacy)
    },
    forget,
  }
}

/** Of a body that could not be stored, alone. What SQLite refuses may be taken later; anything else is the body's own. */
function notStored(error: unknown, bytes: number): Stored {
  if (!(error instanceof Database.SqliteError)) return unreadable(error, bytes)
  const disk = diskTrouble(error)
  return { ...unavailable(`the store could not write: ${disk ?? error.message}`, bytes), disk }
}

/** Of a body that would fail every time it is sent. */
function unreadable(error: unknown, bytes: number): Stored {
  const message = error instanceof MalformedBody ? error.message : `this body cannot be read: ${String(error)}`
  return failed({ kind: 'malformed', message }, bytes)
}
