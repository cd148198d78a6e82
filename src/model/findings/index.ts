import type { KindOfFinding } from './candidate.ts'
import type { FindingContext } from './context.ts'
import { busyTiles, shareOut } from './disjoint.ts'
import { findingId, findingKind, type Finding, type FindingKind } from './finding.ts'
import { apiUnstable } from './kinds/api-unstable.ts'
import { approvalFriction } from './kinds/approval-friction.ts'
import { bigOutput } from './kinds/big-output.ts'
import { cacheBreak } from './kinds/cache-break.ts'
import { compaction } from './kinds/compaction.ts'
import { contextNearlyFull } from './kinds/context-nearly-full.ts'
import { helperCost } from './kinds/helper-cost.ts'
import { idlePoll } from './kinds/idle-poll.ts'
import { mcpFailing } from './kinds/mcp-failing.ts'
import { mcpSlow } from './kinds/mcp-slow.ts'
import { rateLimit } from './kinds/rate-limit.ts'
import { reasoningShare } from './kinds/reasoning-share.ts'
import { repeatedFailure } from './kinds/repeated-failure.ts'
import { repeatedRead } from './kinds/repeated-read.ts'
import { reviewerWait } from './kinds/reviewer-wait.ts'
import { sandboxRerun } from './kinds/sandbox-rerun.ts'
import { serialTools } from './kinds/serial-tools.ts'
import { slowCommand } from './kinds/slow-command.ts'
import { slowFirstItem } from './kinds/slow-first-item.ts'
import { unaccounted } from './kinds/unaccounted.ts'

const known: readonly KindOfFinding[] = [
  apiUnstable,
  approvalFriction,
  bigOutput,
  cacheBreak,
  compaction,
  contextNearlyFull,
  helperCost,
  idlePoll,
  mcpFailing,
  mcpSlow,
  rateLimit,
  reasoningShare,
  repeatedFailure,
  repeatedRead,
  reviewerWait,
  sandboxRerun,
  serialTools,
  slowCommand,
  slowFirstItem,
  unaccounted,
]

/** Every kind, in the order in which they take time. */
export const kindsOfFindings: readonly KindOfFinding[] = findingKind.options.flatMap((kind) =>
  known.filter((one) => one.kind === kind),
)

const byKind = new Map(kindsOfFindings.map((one) => [one.kind, one]))

export function definitionOf(kind: FindingKind): { readonly definition: string; readonly needs: string } {
  const { definition, needs } = byKind.get(kind) ?? { definition: '', needs: '' }
  return { definition, needs }
}

/** What findings of a kind and subject are called over many sessions. */
export function nameOf(kind: FindingKind, subject: string): string {
  return byKind.get(kind)?.name(subject) ?? kind
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
