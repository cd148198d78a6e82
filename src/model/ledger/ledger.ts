import type { SessionFacts } from '../tree/facts.ts'
import type { SessionRows } from '../tree/draft.ts'
import { sessionRows } from '../tree/session-rows.ts'
import { claimsOf, knowsModelTime, type SandboxRuns } from './claims.ts'
import { shareKinds, type Claim, type Interval, type ShareKind, type Stretch } from './share.ts'
import { cutter } from './stretches.ts'
import { tile } from './tile.ts'

/** Nanoseconds of each share; null where nothing that was received tells. */
export type Shares = ReadonlyMap<ShareKind, number | null>

export interface TurnLedger extends Stretch {
  readonly number: number
  readonly turnId: string | null
  readonly shares: Shares
}

/** Where the time of one session went. The sum of the known shares is the wall time, to the nanosecond. */
export interface Ledger extends Stretch {
  readonly shares: Shares
  /** The same for each turn's own time. */
  readonly turns: readonly TurnLedger[]
  /** They tile the wall. */
  readonly intervals: readonly Interval[]
  /** The rows whose own time is in a share. */
  readonly rows: ReadonlyMap<ShareKind, readonly string[]>
}

/**
 * Times are nanoseconds after the base of the facts; `now` counts only for a live session, whose wall goes on.
 * A helper's time lies inside its parent's call or turn: it has a ledger of its own.
 */
export function ledgerOf(
  session: SessionFacts,
  now: number,
  sandboxRuns: SandboxRuns = new Map(),
  rows: SessionRows = sessionRows(session),
): Ledger {
  const start = Math.round(session.firstAt)
  const end = Math.round(Math.max(start, session.state === 'live' ? Math.max(now, session.lastAt) : session.lastAt))
  const claims = claimsOf(rows, end, sandboxRuns).map(wholeNanoseconds)
  const intervals = tile({ start, end }, claims)
  const within = cutter(intervals)
  const unknown: ReadonlySet<ShareKind> = new Set(knowsModelTime(rows) ? [] : ['model_wait', 'model_stream'])
  return {
    start,
    end,
    shares: sumOf(intervals, unknown),
    turns: session.turns.map((turn) => {
      const from = clamp(Math.round(turn.start), start, end)
      const to = clamp(Math.round(turn.end ?? end), from, end)
      const shares = sumOf(within({ start: from, end: to }), unknown)
      return { number: turn.number, turnId: turn.turnId, start: from, end: to, shares }
    }),
    intervals,
    rows: rowsByShare(intervals, claims),
  }
}

function wholeNanoseconds(claim: Claim): Claim {
  return { ...claim, start: Math.round(claim.start), end: Math.round(claim.end) }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

function sumOf(intervals: readonly Interval[], unknown: ReadonlySet<ShareKind>): Shares {
  const sums = new Map<ShareKind, number | null>(shareKinds.map((kind) => [kind, unknown.has(kind) ? null : 0]))
  for (const { kind, start, end } of intervals) sums.set(kind, (sums.get(kind) ?? 0) + end - start)
  return sums
}

function rowsByShare(intervals: readonly Interval[], claims: readonly Claim[]): Map<ShareKind, string[]> {
  const rows = new Map<ShareKind, string[]>()
  for (const kind of shareKinds) {
    const own = cutter(intervals.filter((interval) => interval.kind === kind))
    const touched = claims.filter((claim) => claim.kind === kind && claim.end > claim.start && own(claim).length > 0)
    rows.set(kind, [...new Set(touched.map(({ rowId }) => rowId).filter((id) => id !== null))])
  }
  return rows
}
