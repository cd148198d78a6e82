import { text } from '../../model/attributes.ts'
import { Cursor } from '../otlp/wire/cursor.ts'
import { readLog } from '../otlp/wire/logs.ts'
import { eachRecord } from '../otlp/wire/resource.ts'
import { bodyUnpacker } from '../store/body-unpacker.ts'
import type { Db } from '../store/database.ts'
import { eachMatch, needlesOf, type Needle } from './byte-search.ts'
import { takeBody, type SearchJob } from './search-job.ts'

/** The records of one body in which the words occur. */
export interface Found {
  /** Index of the body in its job. */
  readonly body: number
  /** Of the records' length prefixes in the body. */
  readonly places: Uint32Array
  /** Logs only: the call that a record of a tool names, by place. */
  readonly calls: ReadonlyMap<number, string>
}

/** Long enough to be worth a turn of the event loop, short enough for what waits meanwhile. */
const sliceMs = 8

/**
 * Takes bodies of a job one by one, unpacks them and looks through them, until none is left. Any number of threads may do so
 * at once. `pause` is awaited now and then.
 */
export async function scanBodies(
  db: Db,
  job: SearchJob,
  pause: () => Promise<unknown>,
  scanned: (body: number) => void = () => undefined,
): Promise<Found[]> {
  const select = db.prepare<[number], { codec: number; size: number; bytes: Buffer }>(
    'SELECT codec, size, bytes FROM body WHERE id = ?',
  )
  const needles = needlesOf(job.query)
  const all: Found[] = []
  const unpacker = bodyUnpacker()
  let sliceEnds = performance.now() + sliceMs
  try {
    for (let taken = takeBody(job); taken !== null; taken = takeBody(job)) {
      const { index, id } = taken
      scanned(index)
      const row = select.get(id)
      if (row !== undefined) {
        const bytes = unpacker.unpack(row.codec, row.bytes, row.size)
        const found = scanBody(bytes, needles, index, index >= job.traceBodies)
        if (found !== null) all.push(found)
      }
      if (performance.now() < sliceEnds) continue
      await pause()
      sliceEnds = performance.now() + sliceMs
    }
  } finally {
    unpacker.close()
  }
  return all
}

function scanBody(bytes: Buffer, needles: readonly Needle[], body: number, isLogs: boolean): Found | null {
  const places = new Set<number>()
  eachMatch(bytes, placesOf, needles, (place) => places.add(place))
  if (places.size === 0) return null
  const calls = new Map<number, string>()
  if (isLogs)
    for (const place of places) {
      const call = callOf(bytes, place)
      if (call !== null) calls.set(place, call)
    }
  return { body, places: Uint32Array.from(places), calls }
}

function placesOf(bytes: Buffer): number[] {
  const places: number[] = []
  eachRecord(bytes, (cursor) => {
    places.push(cursor.position)
    cursor.skip(2)
  })
  return places
}

const toolEvent = Buffer.from('codex.tool_')

/** Decoding a record costs more than all the rest, so it is looked first whether it can be one of a tool. */
function callOf(bytes: Buffer, place: number): string | null {
  const cursor = new Cursor(bytes, place)
  const end = cursor.length() + cursor.position
  if (!bytes.subarray(place, end).includes(toolEvent)) return null
  return text(readLog(new Cursor(bytes, place)).attributes, 'call_id')
}
