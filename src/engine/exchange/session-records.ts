import { canonicalJson } from '../../model/exchange/canonical-json.ts'
import type { JsonObject } from '../../model/exchange/redact-record.ts'
import type { Db } from '../store/database.ts'
import { bodyReader, groupReaders, messageAt } from './bodies.ts'
import { joined, partsOf } from './request-parts.ts'
import type { RecordPlace } from './select-records.ts'

/** A resource with its scopes and, in order, their records; records are read as they are asked for. */
export interface RecordGroup {
  readonly resource: JsonObject
  readonly scopes: readonly { readonly scope: JsonObject; readonly records: Iterable<JsonObject> }[]
}

interface Sorted {
  /** Texts of the group's resource and scope, which are its order. */
  readonly resource: string
  readonly scope: string
  readonly places: RecordPlace[]
}

/**
 * Records in an order that depends on nothing but themselves: grouped by resource and then scope, by time in these,
 * equal times by id and then by content.
 */
export function groupRecords(db: Db, signal: 'traces' | 'logs', places: readonly RecordPlace[]): RecordGroup[] {
  const load = bodyReader(db)
  const readers = groupReaders(signal)
  const read = ({ body, at }: RecordPlace): JsonObject => readers.record(messageAt(load(body), at))
  const sorted = new Map<string, Sorted>()

  for (const [body, wanted] of byBody(places)) {
    const bytes = load(body)
    for (const group of partsOf(bytes)) {
      const resource = canonicalJson(readers.resource(joined(bytes, group.heads)))
      for (const { heads, items } of group.items) {
        const found = items.map(({ at }) => wanted.get(at)).filter((place) => place !== undefined)
        if (found.length === 0) continue
        const scope = canonicalJson(readers.scope(joined(bytes, heads)))
        const key = `${resource}\n${scope}`
        const known = sorted.get(key)
        if (known === undefined) sorted.set(key, { resource, scope, places: found })
        else for (const place of found) known.places.push(place)
      }
    }
  }

  const groups = new Map<string, { scope: JsonObject; records: Iterable<JsonObject> }[]>()
  for (const key of [...sorted.keys()].sort()) {
    const { resource, scope, places: own } = sorted.get(key) as Sorted
    const scopes = groups.get(resource) ?? []
    groups.set(resource, scopes)
    sortPlaces(own, read)
    scopes.push({ scope: parse(scope), records: lazily(own, read) })
  }
  return [...groups].map(([resource, scopes]) => ({ resource: parse(resource), scopes }))
}

function byBody(places: readonly RecordPlace[]): Map<number, Map<number, RecordPlace>> {
  const bodies = new Map<number, Map<number, RecordPlace>>()
  for (const place of places) {
    const known = bodies.get(place.body)
    if (known === undefined) bodies.set(place.body, new Map([[place.at, place]]))
    else known.set(place.at, place)
  }
  return bodies
}

/** Content is read only where time and id are equal. */
function sortPlaces(places: RecordPlace[], read: (place: RecordPlace) => JsonObject): void {
  const contents = new Map<RecordPlace, string>()
  const content = (place: RecordPlace): string => {
    const known = contents.get(place)
    if (known !== undefined) return known
    const record = read(place)
    const text = `${idOf(record['traceId'])}${idOf(record['spanId'])}${canonicalJson(record)}`
    contents.set(place, text)
    return text
  }
  places.sort((a, b) => a.time - b.time || compare(a.id, b.id) || compare(content(a), content(b)))
}

function idOf(id: unknown): string {
  return typeof id === 'string' ? id : ''
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function* lazily(places: readonly RecordPlace[], read: (place: RecordPlace) => JsonObject): Generator<JsonObject> {
  for (const place of places) yield read(place)
}

function parse(text: string): JsonObject {
  return JSON.parse(text) as JsonObject
}
