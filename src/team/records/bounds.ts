import { bornMs } from '../../model/codex/rollout/file-name.ts'

/** Between which moments records are looked for, in Unix nanoseconds; the server prunes days by it. */
export interface Bounds {
  readonly fromNs: bigint
  readonly toNs: bigint
}

const hourNs = 3_600_000_000_000n
const dayNs = 24n * hourNs
/** Where DateTime64(9) ends: 2262. */
export const latestNs = 9_223_372_036_000_000_000n

/** Unix milliseconds as the server takes them. */
export function nanoseconds(ms: number): bigint {
  const ns = BigInt(Math.round(Math.max(0, ms) * 1000)) * 1000n
  return ns > latestNs ? latestNs : ns
}

/** Codex's conversations are UUIDs that say when they were made; null: another id. */
export function madeAtNs(id: string): bigint | null {
  const ms = bornMs(id)
  return ms === null ? null : BigInt(ms) * 1_000_000n
}

/**
 * No record of a conversation is from before it was made, and none that is asked for after `untilNs`. A day is left to a clock that is set back
 * meanwhile (by hours where another system of the same machine had kept it), an hour to clocks that differ.
 */
export function boundsOf(ids: readonly string[], untilNs: bigint = latestNs): Bounds {
  const times = ids.map((id) => madeAtNs(id) ?? dayNs)
  const earliest = times.reduce((least, ns) => (ns < least ? ns : least), latestNs)
  return { fromNs: earliest - dayNs, toNs: untilNs > latestNs - hourNs ? latestNs : untilNs + hourNs }
}

/** Spans begin between a session's first and last record, or a little beside them: those that are still open when it ends say so later. */
export function around({ fromNs, toNs }: Bounds): Bounds {
  return { fromNs: fromNs - hourNs, toNs: toNs + hourNs }
}

export function asParams({ fromNs, toNs }: Bounds): { fromNs: string; toNs: string } {
  return { fromNs: String(fromNs), toNs: String(toNs) }
}
