/** Entries of a table in the bodies that they came in. */
export interface ByBody {
  /** Ascending. */
  readonly bodies: Int32Array
  /** Those of one of the bodies that stand at one of these places, in the order of the table. */
  readonly entriesAt: (index: number, places: Uint32Array) => number[]
}

/** So many are looked for one by one: an array of so many finds a place sooner than a set of them knows each of its own. */
const fewPlaces = 16

/**
 * Counted, not sorted: bodies are numbered in the order of arrival, so that the numbers between a session's first and last one
 * are few. A million entries take 20 ms. Their places lie beside them in the same order: those of a body are read one after the
 * other, where a million of the table's, looked up here and there, took each search 20 ms.
 */
export function byBody(body: Int32Array, at: Uint32Array): ByBody {
  let first = Infinity
  let last = -Infinity
  for (const id of body) {
    if (id < first) first = id
    if (id > last) last = id
  }
  if (body.length === 0) return { bodies: new Int32Array(), entriesAt: () => [] }
  const ends = new Uint32Array(last - first + 1)
  for (const id of body) ends[id - first] = (ends[id - first] ?? 0) + 1
  const bodies = Int32Array.from(idsIn(ends, first))
  let sum = 0
  for (let id = 0; id < ends.length; id++) ends[id] = sum += ends[id] ?? 0
  const entries = new Uint32Array(body.length)
  const placesOfEntries = new Uint32Array(body.length)
  const next = new Uint32Array(ends.length)
  next.set(ends.subarray(0, -1), 1)
  for (let entry = 0; entry < body.length; entry++) {
    const id = (body[entry] ?? 0) - first
    const to = next[id] ?? 0
    entries[to] = entry
    placesOfEntries[to] = at[entry] ?? 0
    next[id] = to + 1
  }
  const part = (of: Uint32Array, index: number): Uint32Array => {
    const id = (bodies[index] ?? 0) - first
    return of.subarray(id === 0 ? 0 : ends[id - 1], ends[id])
  }
  return {
    bodies,
    entriesAt: (index, places) => {
      const here = part(entries, index)
      return [...indexesOf(places, part(placesOfEntries, index))].map((i) => here[i] ?? 0)
    },
  }
}

/** Where in `all` these stand, ascending. No place is there twice: each is of one record. */
function indexesOf(places: Uint32Array, all: Uint32Array): Iterable<number> {
  if (places.length > fewPlaces) {
    const wanted = new Set(places)
    return Array.from(all.keys()).filter((i) => wanted.has(all[i] ?? 0))
  }
  const found = Array.from(places, (place) => all.indexOf(place)).filter((i) => i >= 0)
  return found.sort((a, b) => a - b)
}

function* idsIn(counts: Uint32Array, first: number): Generator<number> {
  for (let id = 0; id < counts.length; id++) if ((counts[id] ?? 0) > 0) yield first + id
}
