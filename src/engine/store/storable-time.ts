/** SQLite's integers are signed: OTLP's unsigned nanoseconds fit until April 2262. A day less, so that the end of its hour fits, too. */
export const latestNs = 2n ** 63n - 1n - 86_400_000_000_000n

/** A later time, which only a broken clock sends, becomes the latest one; refusing it would refuse all that it came with. */
export function storableNs(ns: bigint): bigint {
  return ns > latestNs ? latestNs : ns
}

/** In January 2000 there was neither OTLP nor Codex: an earlier time is one that was never set. */
const earliestNs = 946_684_800_000_000_000n
/** What is exact as a number: 104 days, longer than any turn or call. */
const longestNs = 2n ** 53n

/** The bounds of a span as facts keep them. One that is longer than can be true has a bound that is none, and so no length. */
export function believableStretch(
  startNs: bigint,
  endNs: bigint,
): { readonly startNs: bigint; readonly endNs: bigint } {
  if (endNs < startNs) return { startNs, endNs: startNs }
  if (endNs - startNs <= longestNs) return { startNs, endNs }
  const at = startNs < earliestNs ? endNs : startNs
  return { startNs: at, endNs: at }
}
