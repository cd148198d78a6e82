import type { LocationQueryRaw } from 'vue-router'
import type { BatchGroup } from '../../../contract/batches.ts'
import type { Filters } from '../../../model/panels/filters.ts'
import { sessionState, type SessionState } from '../../../model/session/summary.ts'
import { withField } from '../../filters/filter-query.ts'
import type { Range } from '../../range/range.ts'
import { scopeQuery } from '../../range/use-scope.ts'

/** Those that the badge of a session shows as errors. */
const badStates: ReadonlySet<SessionState> = new Set(['failed', 'lost'])

export type BatchId = Pick<BatchGroup, 'originator' | 'environment' | 'batch'>

/** What the members have in common, in words: `codex_exec · ci · nightly`. */
export function batchName({ originator, environment, batch }: BatchId): string {
  return [originator ?? 'originator not set', environment ?? 'environment not set', batch]
    .filter((part) => part !== null)
    .join(' · ')
}

export const batchKey = ({ originator, environment, batch }: BatchId): string =>
  JSON.stringify([originator, environment, batch])

/** What its members came to, only what there is: `12 done`, and `1 lost`, which is bad. */
export function stateParts(
  states: BatchGroup['states'],
): readonly { readonly text: string; readonly isBad: boolean }[] {
  return sessionState.options.flatMap((state) => {
    const count = states[state] ?? 0
    if (count === 0) return []
    return [{ text: `${count} ${state === 'unknown' ? 'not understood' : state}`, isBad: badStates.has(state) }]
  })
}

/** The list of sessions narrowed to those of a batch, as far as its filters can. */
export function sessionsOf({ originator, environment }: BatchId, range: Range, filters: Filters): LocationQueryRaw {
  const narrowed = withField(filters, 'originator', [originator ?? ''])
  return scopeQuery(range, withField(narrowed, 'environment', [environment ?? '']))
}
