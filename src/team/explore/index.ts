import type { ParsedParams, Value } from '../../contract/index.ts'
import type { RangeStore } from '../mirror/range-store.ts'
import { exploreErrors } from './errors.ts'
import { exploreLogFacets, exploreLogs } from './logs.ts'
import { recordAt } from './record.ts'
import { exploreSecrets } from './secrets.ts'
import { exploreSpanNames, exploreSpans } from './spans.ts'
import type { ExploreStore } from './store.ts'

export type ExploreQuestion =
  | 'explore.logs'
  | 'explore.logFacets'
  | 'explore.errors'
  | 'explore.spans'
  | 'explore.spanNames'
  | 'explore.secrets'
  | 'explore.record'

/** What is asked of all records at once: looked up where they lie. */
export function exploreAnswers(
  store: ExploreStore,
  ranges: RangeStore,
): { readonly [N in ExploreQuestion]: (params: ParsedParams<N>) => Promise<Value<N>> } {
  return {
    'explore.logs': (params) => exploreLogs(store, params),
    'explore.logFacets': (params) => exploreLogFacets(store, params),
    'explore.errors': (params) => exploreErrors(store, ranges, params),
    'explore.spans': (params) => exploreSpans(store, params),
    'explore.spanNames': (params) => exploreSpanNames(store, params),
    'explore.secrets': (params) => exploreSecrets(store, params),
    'explore.record': ({ ref }) => recordAt(store, ref),
  }
}
