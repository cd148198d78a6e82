import type { LocationQueryRaw } from 'vue-router'
import type { BatchBy, BatchGroup, BatchKey } from '../../../contract/batches.ts'
import type { Filters } from '../../../model/panels/filters.ts'
import { sessionState, type SessionState } from '../../../model/session/summary.ts'
import { withField } from '../../filters/filter-query.ts'
import type { Range } from '../../range/range.ts'
import { scopeQuery } from '../../range/use-scope.ts'

/** Those that the badge of a session shows as errors. */
const badStates: ReadonlySet<SessionState> = new Set(['failed', 'lost'])

/** A way to group sessions: its words, and what the list of sessions is narrowed by to those of a group, as far as its filters can. */
interface Grouping {
  readonly by: BatchBy
  readonly head: string
  readonly explained: string
  /** What the members have in common, in words: `codex_exec · ci · nightly`. */
  readonly name: (key: BatchKey) => string
  readonly narrowed: (key: BatchKey, filters: Filters) => Filters
}

export const groupings: Readonly<Record<BatchBy, Grouping>> = {
  batch: {
    by: 'batch',
    head: 'Batch',
    explained: 'Originator, environment and batch',
    name: ({ originator, environment, batch }) =>
      [originator ?? 'originator not set', environment ?? 'environment not set', batch]
        .filter((part) => part !== null)
        .join(' · '),
    narrowed: ({ originator, environment }, filters) =>
      withField(withField(filters, 'originator', [originator ?? '']), 'environment', [environment ?? '']),
  },
  user: {
    ...{ by: 'user', head: 'User', explained: 'The address that the sessions were signed in with' },
    name: ({ user }) => user ?? 'user not set',
    narrowed: ({ user }, filters) => withField(filters, 'user', [user ?? '']),
  },
  host: {
    ...{ by: 'host', head: 'Host', explained: 'The machine that the sessions ran on' },
    name: ({ host }) => host ?? 'host not set',
    narrowed: ({ host }, filters) => withField(filters, 'host', [host ?? '']),
  },
}

/** The one that a link names; that of batches where it names none. */
export function groupingOf(by: unknown): Grouping {
  return Object.values(groupings).find((one) => one.by === by) ?? groupings.batch
}

export const keyOf = ({ originator, environment, batch, user, host }: BatchKey): BatchKey => ({
  ...{ originator, environment, batch, user, host },
})

export const batchKey = (key: BatchKey): string => JSON.stringify(keyOf(key))

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

/** The list of sessions narrowed to those of a group. */
export function sessionsOf(key: BatchKey, by: BatchBy, range: Range, filters: Filters): LocationQueryRaw {
  return scopeQuery(range, groupings[by].narrowed(key, filters))
}
