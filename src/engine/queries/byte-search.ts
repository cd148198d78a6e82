/**
 * Words looked for in the bytes of records, without decoding them. Case is ignored as far as people write: as typed, all lower, all
 * upper, and with a capital in front. Protobuf keeps text as it is, so names, attributes and output are all found.
 */
export interface Needle {
  /** Looked for as it is, behind a first byte that may be either of two. */
  readonly rest: Buffer
  readonly first: readonly number[]
}

export function needlesOf(query: string): readonly Needle[] {
  const lower = query.toLowerCase()
  const upper = query.toUpperCase()
  // A first letter beyond ASCII is more than one byte: then both spellings are looked for as they are.
  const isAscii = lower.charCodeAt(0) < 128 && lower.length > 1
  const capital = upper.charAt(0) + lower.slice(1)
  const plain = [...new Set(isAscii ? [query, upper] : [query, lower, upper, capital])]
  const spelled = plain.filter((word) => !isAscii || (word !== lower && word !== capital))
  const either: Needle[] = isAscii
    ? [{ rest: Buffer.from(lower.slice(1)), first: [lower.charCodeAt(0), upper.charCodeAt(0)] }]
    : []
  return [...either, ...spelled.map((word) => ({ rest: Buffer.from(word), first: [] }))]
}

/**
 * Calls `found` for every record in which a needle occurs. `places` are the records' length prefixes in the body, ascending, in
 * typed order; each is a message with its length before it.
 */
export function eachMatch(
  body: Buffer,
  places: Float64Array,
  placeOf: (entry: number) => number,
  needles: readonly Needle[],
  found: (index: number) => void,
): void {
  for (const { rest, first } of needles) {
    let index = 0
    let from = places.length === 0 ? body.length : placeOf(places[0] ?? 0)
    for (;;) {
      const hit = body.indexOf(rest, from)
      if (hit < 0) break
      if (first.length > 0 && !first.includes(body[hit - 1] ?? 0)) {
        from = hit + 1
        continue
      }
      while (index + 1 < places.length && placeOf(places[index + 1] ?? 0) <= hit) index++
      const place = placeOf(places[index] ?? 0)
      if (hit + rest.length <= endOfMessage(body, place)) found(index)
      // The rest of this record cannot tell more.
      from = index + 1 < places.length ? placeOf(places[index + 1] ?? 0) : body.length
      if (from <= hit) from = hit + 1
    }
  }
}

function endOfMessage(body: Buffer, place: number): number {
  let length = 0
  let shift = 0
  let at = place
  for (; at < body.length && shift < 35; shift += 7) {
    const byte = body[at++] ?? 0
    length += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  return at + length
}
