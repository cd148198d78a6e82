/** Puts `bytes` in the place of [start, end). */
export interface Edit {
  readonly start: number
  end: number
  bytes: Uint8Array
}

/** Copies the body with the edits made; they are in order and do not overlap. `growth` is what they add to its length. */
export function applyEdits(body: Uint8Array, edits: readonly Edit[], growth: number): Uint8Array {
  const result = new Uint8Array(body.length + growth)
  let from = 0
  let to = 0
  for (const edit of edits) {
    result.set(body.subarray(from, edit.start), to)
    to += edit.start - from
    result.set(edit.bytes, to)
    to += edit.bytes.length
    from = edit.end
  }
  result.set(body.subarray(from), to)
  return result
}

/** Protobuf's form of an unsigned 32-bit integer. */
export function varintOf(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
  bytes.push(rest)
  return Uint8Array.from(bytes)
}
