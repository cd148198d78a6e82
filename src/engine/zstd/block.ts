import { BackwardBits } from './bits.ts'
import { readCodeTable, readStateTable, repeatTable, stateTable, type CodeTable, type StateTable } from './tables.ts'

export const mostInBlock = 128 * 1024

/** What a length or a distance is written as: a code, and so many bits more (RFC 8878, 3.1.1.3.2.1). */
interface Codes {
  readonly usual: StateTable
  readonly mostLog: number
  readonly more: readonly number[]
  readonly bases: readonly number[]
}

function codes(first: number, more: readonly number[], log: number, mostLog: number, shares: readonly number[]): Codes {
  let base = first
  const bases = more.map((bits) => {
    const own = base
    base += 2 ** bits
    return own
  })
  return { usual: stateTable(log, shares), mostLog, more, bases }
}

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value)
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

const literalLengths = codes(0, [...times(16, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, ...upTo(6, 16)], 6, 9, [
  ...[4, 3, ...times(11, 2), 1, 1, 1, ...times(9, 2), 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
])
const matchLengths = codes(3, [...times(32, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, ...upTo(7, 16)], 6, 9, [
  ...[1, 4, 3, ...times(6, 2), ...times(37, 1), ...times(7, -1)],
])
const distances = codes(1, upTo(0, 31), 5, 8, [...times(6, 1), 2, 2, 2, ...times(15, 1), ...times(5, -1)])

/** What later blocks of a frame take over from earlier ones. */
export interface FrameState {
  literals: CodeTable | null
  lengths: StateTable
  matches: StateTable
  distances: StateTable
  readonly recent: [number, number, number]
}

export function newFrameState(): FrameState {
  const [lengths, matches, far] = [literalLengths.usual, matchLengths.usual, distances.usual]
  return { literals: null, lengths, matches, distances: far, recent: [1, 4, 8] }
}

/** Unpacks a block behind `at` of `out`, which holds what was unpacked before; answers where it ends. */
export function unpackBlock(block: Uint8Array, state: FrameState, out: Uint8Array, at: number, most: number): number {
  const { literals, end } = readLiterals(block, state)
  return runSequences(block, end, literals, state, out, at, at + most)
}

function readLiterals(block: Uint8Array, state: FrameState): { literals: Uint8Array; end: number } {
  const head =
    (block[0] ?? 0) +
    (block[1] ?? 0) * 2 ** 8 +
    (block[2] ?? 0) * 2 ** 16 +
    (block[3] ?? 0) * 2 ** 24 +
    (block[4] ?? 0) * 2 ** 32
  const [kind, form] = [head & 3, (head >> 2) & 3]
  if (kind < 2) {
    const bytes = form === 1 ? 2 : form === 3 ? 3 : 1
    const size = Math.floor((head % 2 ** (8 * bytes)) / (bytes === 1 ? 8 : 16))
    if (size > mostInBlock) throw new Error('a block is larger than can be')
    if (kind === 0) return { literals: block.subarray(bytes, bytes + size), end: bytes + size }
    return { literals: new Uint8Array(size).fill(block[bytes] ?? 0), end: bytes + 1 }
  }
  const bytes = Math.max(3, form + 2)
  const bits = bytes === 3 ? 10 : bytes === 4 ? 14 : 18
  const size = Math.floor(head / 16) % 2 ** bits
  const packed = Math.floor(head / 2 ** (4 + bits)) % 2 ** bits
  if (size > mostInBlock) throw new Error('a block is larger than can be')
  const [literals, end] = [new Uint8Array(size), bytes + packed]
  let from = bytes
  if (kind === 2) {
    const read = readCodeTable(block, from)
    state.literals = read.table
    from = read.end
  }
  if (state.literals === null || end > block.length) throw new Error('a block tells no codes')
  if (form === 0) readCodes(block, from, end, state.literals, literals)
  else {
    const quarter = (size + 3) >> 2
    let at = from + 6
    for (let stream = 0; stream < 4; stream++) {
      const sizeAt = from + 2 * stream
      const to = stream === 3 ? end : at + (block[sizeAt] ?? 0) + ((block[sizeAt + 1] ?? 0) << 8)
      readCodes(
        block,
        at,
        to,
        state.literals,
        literals.subarray(quarter * stream, stream === 3 ? size : quarter * (stream + 1)),
      )
      at = to
    }
  }
  return { literals, end }
}

function readCodes(
  bytes: Uint8Array,
  from: number,
  to: number,
  { most, symbols, bits }: CodeTable,
  into: Uint8Array,
): void {
  const stream = new BackwardBits(bytes, from, to)
  for (let i = 0; i < into.length; i++) {
    const next = stream.peek(most)
    into[i] = symbols[next] ?? 0
    stream.left -= bits[next] ?? 0
  }
  if (stream.left !== 0) throw new Error('a stream of codes is damaged')
}

function runSequences(
  block: Uint8Array,
  from: number,
  literals: Uint8Array,
  state: FrameState,
  out: Uint8Array,
  begin: number,
  most: number,
): number {
  const [first = 0, second = 0, third = 0] = block.subarray(from, from + 3)
  const count = first < 128 ? first : first < 255 ? ((first - 128) << 8) + second : second + (third << 8) + 0x7f00
  let at = from + (first < 128 ? 1 : first < 255 ? 2 : 3)
  let [to, literal] = [begin, 0]
  if (count > 0) {
    const modes = block[at++] ?? 0
    const tableOf = (mode: number, of: Codes, before: StateTable): StateTable => {
      if (mode === 3) return before
      if (mode === 0) return of.usual
      if (mode === 1) return repeatTable(block[at++] ?? 0)
      const { table, end } = readStateTable(block, at, of.mostLog)
      at = end
      return table
    }
    state.lengths = tableOf(modes >> 6, literalLengths, state.lengths)
    state.distances = tableOf((modes >> 4) & 3, distances, state.distances)
    state.matches = tableOf((modes >> 2) & 3, matchLengths, state.matches)
    const { lengths, matches, distances: far, recent } = state
    const bits = new BackwardBits(block, at, block.length)
    let [length, distance, match] = [bits.read(lengths.log), bits.read(far.log), bits.read(matches.log)]
    for (let left = count; left > 0; left--) {
      const [farCode, matchCode, lengthCode] = [
        far.symbols[distance] ?? 0,
        matches.symbols[match] ?? 0,
        lengths.symbols[length] ?? 0,
      ]
      const told = (distances.bases[farCode] ?? 0) + bits.read(farCode)
      const matched = (matchLengths.bases[matchCode] ?? 0) + bits.read(matchLengths.more[matchCode] ?? 0)
      const taken = (literalLengths.bases[lengthCode] ?? 0) + bits.read(literalLengths.more[lengthCode] ?? 0)
      const back = distanceOf(told, taken, recent)
      if (back < 1 || back > to + taken || to + taken + matched > most || literal + taken > literals.length)
        throw new Error('a block points out of what it unpacks to')
      out.set(literals.subarray(literal, literal + taken), to)
      literal += taken
      to += taken
      if (back >= matched) out.copyWithin(to, to - back, to - back + matched)
      else for (let i = to; i < to + matched; i++) out[i] = out[i - back] ?? 0
      to += matched
      if (left === 1) break
      length = (lengths.next[length] ?? 0) + bits.read(lengths.bits[length] ?? 0)
      match = (matches.next[match] ?? 0) + bits.read(matches.bits[match] ?? 0)
      distance = (far.next[distance] ?? 0) + bits.read(far.bits[distance] ?? 0)
    }
    if (bits.left !== 0) throw new Error('a stream of sequences is damaged')
  }
  const rest = literals.subarray(literal)
  if (to + rest.length > most) throw new Error('a block is larger than can be')
  out.set(rest, to)
  return to + rest.length
}

/** 1 to 3 name one of the last three, counted from the second where no literal stands before. */
function distanceOf(told: number, taken: number, recent: [number, number, number]): number {
  const which = told - 1 + (taken === 0 ? 1 : 0)
  if (told <= 3 && which === 0) return recent[0]
  const [first, second, third] = recent
  const back = told > 3 ? told - 3 : which === 1 ? second : which === 2 ? third : first - 1
  recent[0] = back
  recent[1] = first
  if (told > 3 || which > 1) recent[2] = second
  return back
}
