/** Written out: it is asked of every span, and a call into the runtime takes ten times as long. */
export function sameBytes(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number, length: number): boolean {
  let i = 0
  while (i < length && a[aAt + i] === b[bAt + i]) i++
  return i === length
}
