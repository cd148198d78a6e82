/** Entries of a table in the bodies that they came in. */
export interface ByBody {
  /** Ascending. */
  readonly bodies: Int32Array
  /** Those of one of the bodies, in the order of the table. */
  readonly entriesOf: (index: number) => Uint32Array
}

/**
 * Counted, not sorted: bodies are numbered in the order of arrival, so that the numbers between a session's first and last one
 * are few. A million entries take 20 ms.
 */
export function byBody(body: Int32Array): ByBody {
  let first = Infinity
  let last = -Infinity
  for (const id of body) {
    if (id < first) first = id
    if (id > last) last = id
  }
  if (body.length === 0) return { bodies: new Int32Array(), entriesOf: () => new Uint32Array() }
  const ends = new Uint32Array(last - first + 1)
  for (const id of body) ends[id - first] = (ends[id - first] ?? 0) + 1
  const bodies = Int32Array.from(idsIn(ends, first))
  let sum = 0
  for (let id = 0; id < ends.length; id++) ends[id] = sum += ends[id] ?? 0
  const entries = new Uint32Array(body.length)
  const next = new Uint32Array(ends.length)
  next.set(ends.subarray(0, -1), 1)
  for (let entry = 0; entry < body.length; entry++) {
    const id = (body[entry] ?? 0) - first
    entries[next[id] ?? 0] = entry
    next[id] = (next[id] ?? 0) + 1
  }
  return {
    bodies,
    entriesOf: (index) => {
      const id = (bodies[index] ?? 0) - first
      return entries.subarray(id === 0 ? 0 : ends[id - 1], ends[id])
    },
  }
}

function* idsIn(counts: Uint32Array, first: number): Generator<number> {
  for (let id = 0; id < counts.length; id++) if ((counts[id] ?? 0) > 0) yield first + id
}
