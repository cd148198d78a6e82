import { canonicalJson } from '../../model/exchange/canonical-json.ts'
import type { JsonObject } from '../../model/exchange/record-json.ts'
import type { Db } from '../store/database.ts'
import { bodyReader, groupReaders, messageAt } from './bodies.ts'
import { joined, partsOf } from './request-parts.ts'
import type { RecordPlaces } from './select-records.ts'

/** A resource with its scopes and, in order, their records; records are read as they are asked for. */
export interface RecordGroup {
  readonly resource: JsonObject
  readonly scopes: readonly { readonly scope: JsonObject; readonly records: Iterable<JsonObject> }[]
}

interface Sorted {
  /** Texts of the group's resource and scope, which are its order. */
  readonly resource: string
  readonly scope: string
  readonly members: Uint32Array
}

/**
 * Records in an order that depends on nothing but themselves: grouped by resource and then scope, by time in these,
 * equal times by id and then by content.
 */
export function groupRecords(
  db: Db,
  signal: 'traces' | 'logs',
  places: RecordPlaces,
  onRecord: () => void,
): RecordGroup[] {
  const load = bodyReader(db)
  const readers = groupReaders(signal)
  const read = (member: number): JsonObject =>
    readers.record(messageAt(load(places.body[member] ?? 0), places.at[member] ?? 0))

  const groups = new Map<string, { scope: JsonObject; records: Iterable<JsonObject> }[]>()
  for (const { resource, scope, members } of sortedGroups(places, load, readers)) {
    const scopes = groups.get(resource) ?? []
    groups.set(resource, scopes)
    sortMembers(members, places, read)
    scopes.push({ scope: parse(scope), records: lazily(members, read, onRecord) })
  }
  return [...groups].map(([resource, scopes]) => ({ resource: parse(resource), scopes }))
}

function sortedGroups(
  { members, body, at }: RecordPlaces,
  load: ReturnType<typeof bodyReader>,
  readers: ReturnType<typeof groupReaders>,
): Sorted[] {
  const inBodies = members.slice().sort((a, b) => (body[a] ?? 0) - (body[b] ?? 0) || (at[a] ?? 0) - (at[b] ?? 0))
  const groupOf = new Uint32Array(inBodies.length)
  const heads = new Map<string, { resource: string; scope: string; number: number; count: number }>()

  for (let next = 0; next < inBodies.length;) {
    const id = body[inBodies[next] ?? 0] ?? 0
    const bytes = load(id)
    const from = next
    for (const group of partsOf(bytes)) {
      const resource = canonicalJson(readers.resource(joined(bytes, group.heads)))
      for (const scopeGroup of group.items) {
        let head: { number: number; count: number } | undefined
        // Both the request and the index are in order of place.
        for (const item of scopeGroup.items) {
          const member = inBodies[next] ?? 0
          if (next === inBodies.length || body[member] !== id || at[member] !== item.at) continue
          head ??= headOf(resource, canonicalJson(readers.scope(joined(bytes, scopeGroup.heads))))
          groupOf[next++] = head.number
          head.count++
        }
      }
    }
    if (next === from || (next < inBodies.length && body[inBodies[next] ?? 0] === id))
      throw new Error('the index does not fit its raw record')
  }

  const numbered = [...heads.values()].map(({ count, ...head }) => ({
    ...head,
    members: new Uint32Array(count),
    at: 0,
  }))
  inBodies.forEach((member, i) => {
    const group = numbered[groupOf[i] ?? 0]
    if (group !== undefined) group.members[group.at++] = member
  })
  const keyed = numbered.map((group): [string, Sorted] => [`${group.resource}\n${group.scope}`, group])
  return keyed.sort(([a], [b]) => compare(a, b)).map(([, group]) => group)

  function headOf(resource: string, scope: string): { number: number; count: number } {
    const key = `${resource}\n${scope}`
    const known = heads.get(key)
    if (known !== undefined) return known
    const head = { resource, scope, number: heads.size, count: 0 }
    heads.set(key, head)
    return head
  }
}

/** Content is read only where time and id are equal. */
function sortMembers(members: Uint32Array, { time, byId }: RecordPlaces, read: (member: number) => JsonObject): void {
  const contents = new Map<number, string>()
  const content = (member: number): string => {
    const known = contents.get(member)
    if (known !== undefined) return known
    const record = read(member)
    const text = `${idOf(record['traceId'])}${idOf(record['spanId'])}${canonicalJson(record)}`
    contents.set(member, text)
    return text
  }
  members.sort(
    (a, b) => (time[a] ?? 0) - (time[b] ?? 0) || byId(a, b) || (a === b ? 0 : compare(content(a), content(b))),
  )
}

function idOf(id: unknown): string {
  return typeof id === 'string' ? id : ''
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function* lazily(
  members: Uint32Array,
  read: (member: number) => JsonObject,
  onRecord: () => void,
): Generator<JsonObject> {
  for (const member of members) {
    yield read(member)
    onRecord()
  }
}

function parse(text: string): JsonObject {
  return JSON.parse(text) as JsonObject
}
