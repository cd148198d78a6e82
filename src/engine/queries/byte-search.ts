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
 * Calls `found` with the place of every record in which a needle occurs, once for each needle at most. Places are those of the
 * records' length prefixes in the body, ascending; they are asked for only where a needle occurs at all.
 */
export function eachMatch(
  body: Buffer,
  placesOf: (body: Buffer) => readonly number[],
  needles: readonly Needle[],
  found: (place: number) => void,
): void {
  let places: readonly number[] | null = null
  for (const needle of needles) {
    let index = 0
    for (let from = 0; ;) {
      const hit = nextHit(body, needle, from)
      if (hit < 0) break
      places ??= placesOf(body)
      while ((places[index + 1] ?? Infinity) <= hit) index++
      const place = places[index] ?? body.length
      if (place <= hit && hit + needle.rest.length <= endOfMessage(body, place)) found(place)
      // The rest of this record cannot tell more.
      from = Math.max(hit + 1, place > hit ? place : (places[index + 1] ?? body.length))
    }
  }
}

/** Where the rest of the needle stands behind one of its first bytes, -1 where it does not. */
function nextHit(body: Buffer, { rest, first }: Needle, from: number): number {
  for (let hit = body.indexOf(rest, from); hit >= 0; hit = body.indexOf(rest, hit + 1))
    if (first.length === 0 || first.includes(body[hit - 1] ?? 0)) return hit
  return -1
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
