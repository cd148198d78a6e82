import type { CallInRow, FindingContext, PromptChange } from './context.ts'
import { thresholds } from './thresholds.ts'

export type CacheCause = 'compaction' | 'model' | 'effort' | 'pause' | 'tools' | 'instructions' | 'unknown'

/** A call that read much less from the cache than the call before it. */
export interface CacheFall {
  readonly call: CallInRow
  readonly cause: CacheCause
  /** Nanoseconds from the answer before it to its request. */
  readonly pause: number
  /** What would have been read from the cache at the share of the call before. */
  readonly tokens: number
  /** What these cost more than from the cache; null where the call has no price. */
  readonly usd: number | null
}

export function cacheFalls({ session, calls, promptChanges }: FindingContext): CacheFall[] {
  const compactions = session.compactions.toSorted((a, b) => a.start - b.start)
  // What compacts is a call with a prompt of its own.
  const talk = calls.filter(({ at }) => !compactions.some(({ start, end }) => start < at && at <= end + slackNs))
  return talk.flatMap((call, i): CacheFall[] => {
    const before = talk[i - 1]
    if (before === undefined || before.input === 0 || call.input === 0) return []
    const share = before.cached / before.input
    const tokens = Math.round(share * call.input) - call.cached
    if (share - call.cached / call.input < thresholds.cacheFall || tokens < thresholds.cacheTokens) return []
    const begun = call.row?.start ?? call.at
    const pause = Math.max(0, begun - before.at)
    const compacted = compactions.some(({ end }) => before.at < end && end <= call.at)
    const changed = (kind: PromptChange['what']): boolean =>
      promptChanges.some(({ at, what }) => what === kind && before.at < at && at <= call.at)
    const cause = compacted
      ? 'compaction'
      : before.model !== call.model
        ? 'model'
        : before.effort !== call.effort
          ? 'effort'
          : pause >= thresholds.cacheLifeMs * 1e6
            ? 'pause'
            : changed('tools')
              ? 'tools'
              : changed('instructions')
                ? 'instructions'
                : 'unknown'
    const usd = call.rates === null ? null : Math.max(0, tokens * (call.rates.input - call.rates.cached))
    return [{ call, cause, pause, tokens, usd }]
  })
}

const slackNs = 2_000_000

/** By what `money` of candidates knows it. */
export function cacheKey({ call }: CacheFall): string {
  return `cache ${call.at}`
}
