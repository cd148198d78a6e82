const quote = 0x22
const backslash = 0x5c

/**
 * Whether a JSON text opens more than `bound` lists and objects inside each other. Looked at before JSON.parse, which
 * takes seconds and gigabytes for a body of 64 MiB that is nothing but brackets.
 */
export function isDeeperThan(bytes: Uint8Array, bound: number): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) inText = !inText
    else if (inText) {
      if (byte === backslash) at++
    } else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > bound) return true
    } else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return false
}
