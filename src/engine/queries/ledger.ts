import type { Value } from '../../contract/index.ts'
import { text } from '../../model/attributes.ts'
import { countOf } from '../../model/counts.ts'
import type { SandboxRuns } from '../../model/ledger/claims.ts'
import { ledgerOf, type Ledger, type Shares } from '../../model/ledger/ledger.ts'
import type { SessionRows } from '../../model/tree/draft.ts'
import type { SessionFacts } from '../../model/tree/facts.ts'
import { sessionRows } from '../../model/tree/session-rows.ts'
import type { Db } from '../store/database.ts'
import { logPlaces, type LogReader } from './logs-read.ts'
import { readTreeFacts } from './tree-facts.ts'

export interface LoadedLedger {
  readonly session: SessionFacts
  /** The sessions below it. */
  readonly helpers: readonly SessionFacts[]
  readonly baseMs: number
  /** The base of all times, Unix nanoseconds. */
  readonly base: bigint
  readonly ledger: Ledger
  readonly rows: SessionRows
}

export function loadLedger(db: Db, logs: LogReader, id: string, silenceMs: number): LoadedLedger {
  const { facts, base } = readTreeFacts(db, id, silenceMs)
  const [session, ...helpers] = facts.sessions as [SessionFacts, ...SessionFacts[]]
  const now = Number(BigInt(Date.now()) * 1_000_000n - base)
  const rows = sessionRows(session)
  return {
    session,
    helpers,
    base,
    baseMs: facts.baseMs,
    rows,
    ledger: ledgerOf(session, now, sandboxRuns(db, logs, id), rows),
  }
}

/**
 * First runs that the sandbox broke off: an `escalated_duration_ms` says that the call was run again. The event yields no fact, so
 * that they are known for as long as the raw records are.
 */
function sandboxRuns(db: Db, logs: LogReader, id: string): SandboxRuns {
  const runs = new Map<string, number>()
  for (const place of logPlaces(db, id, 'codex.sandbox_outcome')) {
    const attributes = logs.attributes(place)
    if (attributes === null) continue
    const callId = text(attributes, 'call_id')
    const initialMs = countOf(attributes, 'initial_duration_ms')
    if (callId === null || initialMs === null || countOf(attributes, 'escalated_duration_ms') === null) continue
    runs.set(callId, initialMs * 1_000_000)
  }
  return runs
}

export function ledgerResult({ ledger, session, baseMs }: LoadedLedger): Value<'session.ledger'> {
  const wall = ledger.end - ledger.start
  return {
    startMs: baseMs + ledger.start / 1e6,
    wallMs: wall / 1e6,
    live: session.state === 'live',
    shares: sharesOf(ledger.shares, wall).map((share) => ({
      ...share,
      rowIds: [...(ledger.rows.get(share.kind) ?? [])],
    })),
    turns: turnsOf({ ledger, baseMs }),
    intervals: ledger.intervals.map(({ kind, start, end }) => ({
      kind,
      startMs: baseMs + start / 1e6,
      durationMs: (end - start) / 1e6,
    })),
  }
}

function turnsOf({ ledger, baseMs }: Pick<LoadedLedger, 'ledger' | 'baseMs'>): Value<'session.ledger'>['turns'] {
  return ledger.turns.map(({ number, turnId, start, end, shares }) => ({
    number,
    turnId,
    startMs: baseMs + start / 1e6,
    wallMs: (end - start) / 1e6,
    shares: sharesOf(shares, end - start),
  }))
}

function sharesOf(shares: Shares, wall: number): Value<'session.ledger'>['turns'][number]['shares'] {
  return [...shares].map(([kind, ns]) => ({
    kind,
    ms: ns === null ? null : ns / 1e6,
    share: ns === null ? null : wall === 0 ? 0 : ns / wall,
  }))
}
