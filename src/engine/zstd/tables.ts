import { BackwardBits } from './bits.ts'

/** A table of finite state entropy (RFC 8878, 4.1): what a state means, and where it leads. */
export interface StateTable {
  readonly log: number
  readonly symbols: Uint8Array
  readonly bits: Uint8Array
  readonly next: Uint16Array
}

/** -1: less than one. */
export function stateTable(log: number, shares: readonly number[]): StateTable {
  const size = 1 << log
  const [symbols, bits, next] = [new Uint8Array(size), new Uint8Array(size), new Uint16Array(size)]
  let high = size
  for (const [symbol, share] of shares.entries()) if (share === -1) symbols[--high] = symbol
  let at = 0
  for (const [symbol, share] of shares.entries())
    for (let i = 0; i < share; i++) {
      symbols[at] = symbol
      do at = (at + (size >> 1) + (size >> 3) + 3) & (size - 1)
      while (at >= high)
    }
  const states = shares.map((share) => Math.abs(share))
  for (let i = 0; i < size; i++) {
    const symbol = symbols[i] ?? 0
    const state = states[symbol] ?? 0
    states[symbol] = state + 1
    const count = log - (31 - Math.clz32(state))
    bits[i] = count
    next[i] = (state << count) - size
  }
  return { log, symbols, bits, next }
}

/** One symbol, whatever comes. */
export function repeatTable(symbol: number): StateTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), next: new Uint16Array(1) }
}

/** The table that is described from `from` on, and where its description ends. */
export function readStateTable(bytes: Uint8Array, from: number, mostLog: number): { table: StateTable; end: number } {
  let bit = from * 8
  const read = (count: number): number => {
    let value = 0
    for (let i = 0; i < count; i++, bit++) value |= (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) << i
    return value
  }
  const log = read(4) + 5
  if (log > mostLog) throw new Error('a table of states is larger than can be')
  const shares: number[] = []
  for (let left = 1 << log; left > 0 && shares.length < 256;) {
    const count = 32 - Math.clz32(left + 1)
    const lower = (1 << (count - 1)) - 1
    const few = (1 << count) - 2 - left
    let value = read(count)
    if ((value & lower) < few) {
      value &= lower
      bit--
    } else if (value > lower) value -= few
    const share = value - 1
    shares.push(share)
    left -= Math.abs(share)
    if (left < 0) throw new Error('a table of states does not add up')
    for (let zeros = share === 0 ? 3 : 0; zeros === 3;) {
      zeros = read(2)
      for (let i = 0; i < zeros; i++) shares.push(0)
    }
  }
  return { table: stateTable(log, shares), end: (bit + 7) >> 3 }
}

/** A table of Huffman codes (RFC 8878, 4.2): by the next `most` bits, a symbol and how many of them it took. */
export interface CodeTable {
  readonly most: number
  readonly symbols: Uint8Array
  readonly bits: Uint8Array
}

export function readCodeTable(bytes: Uint8Array, from: number): { table: CodeTable; end: number } {
  const head = bytes[from] ?? 0
  if (head < 128) return { table: codeTable(packedWeights(bytes, from + 1, from + 1 + head)), end: from + 1 + head }
  const weights = Array.from({ length: head - 127 }, (_, i) => {
    const two = bytes[from + 1 + (i >> 1)] ?? 0
    return i % 2 === 0 ? two >> 4 : two & 15
  })
  return { table: codeTable(weights), end: from + 1 + ((weights.length + 1) >> 1) }
}

/** Two states take turns until the bits are used up. */
function packedWeights(bytes: Uint8Array, from: number, to: number): number[] {
  const { table, end } = readStateTable(bytes, from, 6)
  const bits = new BackwardBits(bytes, end, to)
  const states = [bits.read(table.log), bits.read(table.log)]
  const weights: number[] = []
  for (let turn = 0; weights.length < 256; turn ^= 1) {
    const state = states[turn] ?? 0
    weights.push(table.symbols[state] ?? 0)
    const count = table.bits[state] ?? 0
    if (bits.left < count) {
      weights.push(table.symbols[states[turn ^ 1] ?? 0] ?? 0)
      return weights
    }
    states[turn] = (table.next[state] ?? 0) + bits.read(count)
  }
  throw new Error('a table of codes has no end')
}

function codeTable(told: readonly number[]): CodeTable {
  const sum = told.reduce((all, weight) => all + (weight === 0 ? 0 : 1 << (weight - 1)), 0)
  const most = 32 - Math.clz32(sum)
  const last = (1 << most) - sum
  if (sum === 0 || most > 11 || (last & (last - 1)) !== 0) throw new Error('a table of codes does not add up')
  // The last weight is what is missing.
  const weights = [...told, 32 - Math.clz32(last)]
  const [symbols, bits] = [new Uint8Array(1 << most), new Uint8Array(1 << most)]
  let at = 0
  for (let weight = 1; weight <= most; weight++)
    for (const [symbol, own] of weights.entries()) {
      if (own !== weight) continue
      symbols.fill(symbol, at, at + (1 << (weight - 1)))
      bits.fill(most + 1 - weight, at, at + (1 << (weight - 1)))
      at += 1 << (weight - 1)
    }
  return { most, symbols, bits }
}
