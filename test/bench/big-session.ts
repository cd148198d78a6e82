import { readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Signal } from '../../src/model/signal.ts'
import { Cursor } from '../../src/engine/otlp/wire/cursor.ts'
import { eachLog } from '../../src/engine/otlp/wire/logs.ts'
import { openForWriting } from '../../src/engine/store/database.ts'
import { createWriter } from '../../src/engine/store/writer.ts'
import { planOf, rewrite } from './corpus.ts'

const folder = new URL('../fixtures/captures/22_many_steps/', import.meta.url)
/** A turn of the original lasts five seconds. */
const turnNs = 6_000_000_000n

/**
 * One session of so many turns, each a copy of the one turn of a real run, ids and times made its own: a million spans in 2,088
 * traces at 72. Written straight into a data folder. Returns the session's id.
 */
export function writeBigSession(dataDir: string, turns: number): string {
  const session = '01a1f850-bb6c-7f50-86e4-53901db45fec'
  const plans = (['traces', 'logs'] as const).flatMap((signal) =>
    originals(signal).map((bytes) => ({ signal, plan: planFor(signal, bytes) })),
  )
  const db = openForWriting(dataDir)
  const writer = createWriter(db)
  for (let turn = 0; turn < turns; turn++) {
    const key = Buffer.alloc(8)
    key.writeUInt32LE((turn * 2_654_435_761) % 2 ** 32, 0)
    key.writeUInt32LE(turn, 4)
    const uuids = new Map([[session, Buffer.from(session)]])
    writer.store(
      plans.map(({ signal, plan }) => {
        const bytes = rewrite(plan, key, BigInt(turn) * turnNs, uuids)
        renameCalls(Buffer.from(bytes.buffer), turn)
        return { signal, encoding: 'protobuf', origin: 'received', bytes }
      }),
    )
  }
  while (!writer.settle(10_000));
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  return session
}

function originals(signal: Signal): Buffer[] {
  return readdirSync(folder)
    .filter((file) => file.includes(`-${signal}.pb`))
    .sort()
    .map((file) => gunzipSync(readFileSync(new URL(file, folder))))
}

function planFor(signal: 'traces' | 'logs', bytes: Buffer): ReturnType<typeof planOf> {
  if (signal === 'traces') return planOf(bytes)
  const ids: number[] = []
  const times: number[] = []
  eachLog(bytes, ({ at }) => {
    const cursor = new Cursor(bytes, at)
    const end = cursor.length() + cursor.position
    while (cursor.position < end) {
      const tag = cursor.tag()
      if (tag === 89) times.push(cursor.position)
      // Trace and span id; 1 byte of length stands before them.
      if (tag === 74) ids.push(cursor.position + 1, cursor.position + 9)
      if (tag === 82) ids.push(cursor.position + 1)
      cursor.skip(tag & 7)
    }
  })
  return { ...planOf(Buffer.alloc(0)), bytes, ids, times, uuids: uuidsOf(bytes) }
}

function uuidsOf(bytes: Buffer): number[] {
  const pattern = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g
  return [...bytes.toString('latin1').matchAll(pattern)].map(({ index }) => index)
}

/** `call_my0` → `0042_my0`: a call id is unique within its session, and as long as before. */
function renameCalls(bytes: Buffer, turn: number): void {
  const name = Buffer.from(String(turn).padStart(4, '0'))
  for (let at = bytes.indexOf('call_my'); at >= 0; at = bytes.indexOf('call_my', at + 1)) name.copy(bytes, at)
}
