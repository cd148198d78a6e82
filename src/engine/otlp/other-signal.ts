import type { Signal } from '../../model/signal.ts'
import { MalformedBody } from './malformed.ts'
import { Cursor } from './wire/cursor.ts'

/** A request of one signal that came to the path of another would be read as nothing, and lost without a word. */
function misplaced(found: Signal, at: Signal): MalformedBody {
  return new MalformedBody(`body: a request of ${found} came to the path of ${at}: it belongs to /v1/${found}`)
}

const members: Readonly<Record<string, Signal>> = {
  resourcespans: 'traces',
  resourcelogs: 'logs',
  resourcemetrics: 'metrics',
}

/**
 * Throws where a parsed OTLP/JSON request names another signal's records, or its own in a spelling that OTLP does not have, or has members
 * of which none is OTLP's. Unknown ones beside a known one are a later version's and passed over, and a request of none is empty.
 */
export function checkMembers(request: object, signal: Signal): void {
  const names = Object.keys(request)
  const spelled = `resource${signal === 'traces' ? 'Spans' : signal === 'logs' ? 'Logs' : 'Metrics'}`
  let known = 0
  for (const name of names) {
    const found = members[name.replaceAll('_', '').toLowerCase()]
    if (found === undefined) continue
    if (found !== signal) throw misplaced(found, signal)
    if (name !== spelled && name !== spelled.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`))
      throw new MalformedBody(`body: OTLP/JSON writes ${spelled}, not ${name.slice(0, 40)}`)
    known++
  }
  if (known === 0 && names.length > 0)
    throw new MalformedBody(`body: OTLP/JSON holds its ${signal} in ${spelled}, and this has only ${namesIn(names)}`)
}

function namesIn(names: readonly string[]): string {
  const some = names.slice(0, 3).map((name) => JSON.stringify(name.slice(0, 40)))
  return [...some, ...(names.length > some.length ? ['others'] : [])].join(', ')
}

/** Throws where the first record of a protobuf request can only be another signal's. Looks at one record. */
export function checkSignal(bytes: Uint8Array, signal: Signal): void {
  const cursor = new Cursor(bytes)
  // The requests of all signals are built alike: a group of a resource, in it one of a scope, in it a record.
  if (!(enter(cursor, 1) && enter(cursor, 2) && enter(cursor, 2))) return
  const found = signalOfRecord(cursor)
  if (found !== null && found !== signal) throw misplaced(found, signal)
}

/** Goes into the first message under this field number. */
function enter(cursor: Cursor, number: number): boolean {
  while (cursor.position < cursor.end) {
    const tag = cursor.tag()
    if (tag !== ((number << 3) | lengthDelimited)) {
      cursor.skip(tag & 7)
      continue
    }
    cursor.end = cursor.length() + cursor.position
    return true
  }
  return false
}

const fixed64 = 1
const lengthDelimited = 2

/** By the fields that only one signal's record has in their place; null where it has none of them. */
function signalOfRecord(cursor: Cursor): Signal | null {
  const lengths = new Map<number, number>()
  while (cursor.position < cursor.end) {
    const tag = cursor.tag()
    const number = tag >>> 3
    const type = tag & 7
    // time_unix_nano, observed_time_unix_nano
    if (type === fixed64 && (number === 1 || number === 11)) return 'logs'
    // start_time_unix_nano, end_time_unix_nano
    if (type === fixed64 && (number === 7 || number === 8)) return 'traces'
    const from = cursor.position
    cursor.skip(type)
    if (type === lengthDelimited) lengths.set(number, cursor.position - from - 1)
  }
  if (lengths.get(1) === 16 && lengths.get(2) === 8) return 'traces'
  // gauge, sum, histogram, exponential histogram, summary: with a name, and without an id or a time of its own.
  return lengths.has(1) && [5, 7, 9, 10, 11].some((number) => lengths.has(number)) ? 'metrics' : null
}
