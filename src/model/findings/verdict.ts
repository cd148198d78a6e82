import type { ShareKind } from '../ledger/share.ts'
import { shareWords } from '../ledger/share-words.ts'
import { shortDuration } from '../tree/words.ts'
import type { FindingContext } from './context.ts'
import { busyTiles, lengthOf } from './disjoint.ts'
import type { Finding } from './finding.ts'
import { waitedForServers } from './mcp-servers.ts'
import { lostWords, percent } from './words.ts'

/** The shares that a finding can be about: a verdict names it beside its own share alone. */
const ofShare: Partial<Record<ShareKind, readonly Finding['kind'][]>> = {
  wait_user: ['approval-friction'],
  wait_reviewer: ['reviewer-wait'],
  retry: ['rate-limit', 'api-unstable'],
  sandbox_retry: ['sandbox-rerun'],
}

/**
 * One sentence about a session: what most of the time inside turns went to, the biggest finding, and what all of them would have saved.
 * The same for the same ledger and findings; null for a session without a moment inside turns.
 */
export function verdictOf(
  context: Pick<FindingContext, 'ledger' | 'servers' | 'session'>,
  findings: readonly Finding[],
): string | null {
  const tiles = busyTiles(context.ledger.intervals, context.ledger.turns)
  const busy = lengthOf(tiles)
  if (busy === 0) return null
  const shares = new Map<ShareKind, number>()
  for (const { kind, start, end } of tiles) shares.set(kind, (shares.get(kind) ?? 0) + end - start)
  // What a finding explains is not what nothing explains.
  const unknown = shares.get('unaccounted')
  if (unknown !== undefined) shares.set('unaccounted', unknown - waitedForServers(context))
  const [biggest] = [...shares].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  if (biggest === undefined) return null
  const [kind, ns] = biggest
  const [worst] = findings
  const about = findings.find((one) => ofShare[kind]?.includes(one.kind)) ?? null
  // Of a session that goes on records are on their way.
  const isComing = kind === 'unaccounted' && context.session.state === 'live'
  const what = isComing ? 'is not told of yet' : `was ${shareWords[kind]}`
  const share = `${percent(ns / busy)} of ${shortDuration(busy / 1e6)} busy time ${what}`
  const named = about === null ? '' : `: ${about.verdict}`
  const other = worst === undefined || worst === about || worst.lostMs === 0 ? '' : ` Also: ${worst.verdict}.`
  return `${share}${named}.${other}${saved(findings)}`
}

function saved(findings: readonly Finding[]): string {
  const counting = findings.filter(({ lostMs, lostUsd }) => lostMs > 0 || (lostUsd ?? 0) > 0)
  if (counting.length === 0) return ''
  const ms = counting.reduce((sum, { lostMs }) => sum + lostMs, 0)
  const usd = counting.reduce((sum, { lostUsd }) => sum + (lostUsd ?? 0), 0)
  const atMost = counting.some(({ confidence }) => confidence === 'bound') ? 'at most ' : ''
  const who = counting.length === 1 ? '1 finding' : `${counting.length} findings`
  return ` Fixing ${who} would have saved ${atMost}${lostWords({ ms, usd })}.`
}
