import { sameBytes } from '../same-bytes.ts'

/**
 * Words looked for in the bytes of records, without decoding them. Case is ignored as far as people write: as typed, all lower, all
 * upper, and with a capital in front. Protobuf keeps text as it is, so names, attributes and output are all found.
 */
export interface Needle {
  /** Looked for as it is, behind a first byte that may be either of two. */
  readonly rest: Buffer
  readonly first: readonly number[]
  /** What is looked for before the rest is compared: a few bytes of `rest`, from its rarest one on. */
  readonly rare: Piece
  /** Looked for instead where that stands often and the rest does not: more bytes, from the rarest one on that has so many behind it. */
  readonly long: Piece
}

interface Piece {
  readonly bytes: Buffer
  /** Where in `rest` it stands. */
  readonly anchor: number
}

/** Bytes that Codex's telemetry is full of, the commonest first: counted over the bodies of recorded runs. */
const common = Buffer.from('eortsndaic._lJmu:hxp-/bv0gfk25y9"w4')
/** A piece stays this long, or the search would stop at every byte of its kind. */
const shortest = 3
/**
 * And no longer: Node leaps from one first byte of the piece to the next, sixteen and more bytes at a time, but goes through a body in
 * steps of a longer piece's length. Through 431 MB: 30 ms for `xec_com`, 142 ms for `xec_command`.
 */
const longest = 7

/** In one body so many times in vain: to look for `vent` instead of `m_event` takes less, but not where that is half of its events. */
const patience = 32

function needle(rest: Buffer, first: readonly number[]): Needle {
  return { rest, first, rare: pieceOf(rest, shortest), long: pieceOf(rest, longest) }
}

/** From the rarest byte on that has `least` bytes from it, or from the first where there are not so many. */
function pieceOf(rest: Buffer, least: number): Piece {
  const rarity = (at: number): number => {
    const rank = common.indexOf(rest[at] ?? 0)
    return rank < 0 ? common.length : rank
  }
  let anchor = 0
  for (let at = 1; at <= rest.length - least; at++) if (rarity(at) > rarity(anchor)) anchor = at
  return { bytes: rest.subarray(anchor, anchor + longest), anchor }
}

/** What counts as the same: as typed, all lower, all upper, and with a capital in front. */
export function spellingsOf(query: string): readonly string[] {
  const [lower, upper] = [query.toLowerCase(), query.toUpperCase()]
  return [...new Set([query, lower, upper, upper.charAt(0) + lower.slice(1)])]
}

export function needlesOf(query: string): readonly Needle[] {
  const lower = query.toLowerCase()
  const upper = query.toUpperCase()
  // A first letter beyond ASCII is more than one byte, and a single letter behind it is everywhere: then each spelling is looked for.
  const isAscii = lower.charCodeAt(0) < 128 && lower.length > 2
  const capital = upper.charAt(0) + lower.slice(1)
  const spelled = spellingsOf(query).filter((word) => !isAscii || (word !== lower && word !== capital))
  const either: Needle[] = isAscii
    ? [needle(Buffer.from(lower.slice(1)), [lower.charCodeAt(0), upper.charCodeAt(0)])]
    : []
  return [...either, ...spelled.map((word) => needle(Buffer.from(word), []))]
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
  for (const word of needles) {
    const nextHit = hitsIn(body, word)
    let index = 0
    for (let from = 0; ;) {
      const hit = nextHit(from)
      if (hit < 0) break
      places ??= placesOf(body)
      while ((places[index + 1] ?? Infinity) <= hit) index++
      const place = places[index] ?? body.length
      if (place <= hit && hit + word.rest.length <= endOfMessage(body, place)) found(place)
      // The rest of this record cannot tell more.
      from = Math.max(hit + 1, place > hit ? place : (places[index + 1] ?? body.length))
    }
  }
}

/** Where the rest of the needle stands next, behind one of its first bytes; -1 where it does not. */
function hitsIn(body: Buffer, { rest, first, rare, long }: Needle): (from: number) => number {
  let piece = rare
  let inVain = 0
  return (from) => {
    for (let at = body.indexOf(piece.bytes, from + piece.anchor); at >= 0; at = body.indexOf(piece.bytes, at + 1)) {
      const hit = at - piece.anchor
      if ((first.length === 0 || first.includes(body[hit - 1] ?? 0)) && sameBytes(body, hit, rest, 0, rest.length))
        return hit
      if (++inVain !== patience) continue
      piece = long
      at = hit + piece.anchor
    }
    return -1
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
