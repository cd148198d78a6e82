/** SQLite's integers are signed: OTLP's unsigned nanoseconds fit until April 2262. */
export const latestNs = 2n ** 63n - 1n

/** A later time, which only a broken clock sends, becomes the latest one; refusing it would refuse all that it came with. */
export function storableNs(ns: bigint): bigint {
  return ns > latestNs ? latestNs : ns
}
