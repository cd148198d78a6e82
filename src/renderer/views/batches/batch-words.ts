import type { LocationQueryRaw } from 'vue-router'
import type { BatchGroup } from '../../../contract/batches.ts'
import type { Filters } from '../../../model/panels/filters.ts'
import { sessionState } from '../../../model/session/summary.ts'
import { withField } from '../../filters/filter-query.ts'
import type { Range } from '../../range/range.ts'
import { scopeQuery } from '../../range/use-scope.ts'

export type BatchId = Pick<BatchGroup, 'originator' | 'environment' | 'batch'>

/** What the members have in common, in words: `codex_exec · ci · nightly`. */
export function batchName({ originator, environment, batch }: BatchId): string {
  return [originator ?? 'originator not said', environment ?? 'environment not said', batch]
    .filter((part) => part !== null)
    .join(' · ')
}

export const batchKey = ({ originator, environment, batch }: BatchId): string =>
  JSON.stringify([originator, environment, batch])

/** `12 done, 1 lost`: only what there is. */
export function stateWords(states: BatchGroup['states']): string {
  return sessionState.options
    .flatMap((state) =>
      (states[state] ?? 0) > 0 ? [`${states[state]} ${state === 'unknown' ? 'not understood' : state}`] : [],
    )
    .join(', ')
}

/** The list of sessions narrowed to those of a batch, as far as its filters can. */
export function sessionsOf({ originator, environment }: BatchId, range: Range, filters: Filters): LocationQueryRaw {
  const narrowed = withField(filters, 'originator', [originator ?? ''])
  return scopeQuery(range, withField(narrowed, 'environment', [environment ?? '']))
}
