import type { KindOfFinding } from './candidate.ts'
import type { FindingContext } from './context.ts'
import { busyTiles, shareOut } from './disjoint.ts'
import { findingId, findingKind, type Finding, type FindingKind } from './finding.ts'
import { apiUnstable } from './kinds/api-unstable.ts'
import { approvalFriction } from './kinds/approval-friction.ts'
import { rateLimit } from './kinds/rate-limit.ts'

const known: readonly KindOfFinding[] = [rateLimit, apiUnstable, approvalFriction]

/** Every kind, in the order in which they take time. */
export const kindsOfFindings: readonly KindOfFinding[] = findingKind.options.flatMap((kind) =>
  known.filter((one) => one.kind === kind),
)

const byKind = new Map(kindsOfFindings.map((one) => [one.kind, one]))

export function definitionOf(kind: FindingKind): { readonly definition: string; readonly needs: string } {
  const { definition, needs } = byKind.get(kind) ?? { definition: '', needs: '' }
  return { definition, needs }
}

/**
 * Why a session was slow or expensive, the most time first, then the most money. A pure function of what is known of it. Sessions of
 * other applications have none: what they are made of says too little.
 */
export function findingsOf(context: FindingContext): Finding[] {
  if (context.session.app !== undefined) return []
  const candidates = kindsOfFindings.flatMap(({ kind, find }) =>
    find(context)
      .toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
      .map((candidate) => ({ ...candidate, kind })),
  )
  const tiles = busyTiles(context.ledger.intervals, context.ledger.turns)
  return shareOut(tiles, candidates)
    .map(({ candidate: { kind, subject, at, times, rowIds, confidence, say, fix }, lost }): Finding => {
      const about = { id: findingId(kind, subject), kind, subject, ...say(lost) }
      const counted = { lostMs: lost.ms, lostUsd: lost.usd, confidence, times, atMs: context.baseMs + at / 1e6 }
      return { ...about, ...counted, rowIds: [...rowIds], fix }
    })
    .sort((a, b) => b.lostMs - a.lostMs || (b.lostUsd ?? 0) - (a.lostUsd ?? 0) || (a.id < b.id ? -1 : 1))
}
