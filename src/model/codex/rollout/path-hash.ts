/**
 * 48 bits of a path: among 100,000 files two share one with a chance of 1 in 56,000. (The mixing is cyrb53's, which is in the public domain;
 * this folder runs where no `node:crypto` is.)
 */
export function pathHash(path: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < path.length; at++) {
    const unit = path.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 2 ** 32 * (b & 0xffff) + (a >>> 0)
}
