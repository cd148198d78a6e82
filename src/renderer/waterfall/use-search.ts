import { watchDebounced } from '@vueuse/core'
import { computed, ref } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { Failure } from '../../contract/result.ts'
import { useQuery } from '../data/use-query.ts'
import type { Filter } from './display-list.ts'
import { entriesWhere } from './entries.ts'
import { matchingNames, onlyMatches, withAnswer } from './matches.ts'
import type { Matches } from './matches.ts'
import type { SessionData } from './session-data.ts'
import type { WaterfallState } from './state.ts'

export interface Search {
  readonly matches: ComputedRef<Matches | null>
  /** Matches in display order: rows, and the spans of unfolded rows. */
  readonly entries: ComputedRef<Int32Array>
  readonly filter: ComputedRef<Filter | null>
  /** Whether an answer of the engine is still to come. */
  readonly isSearching: ComputedRef<boolean>
  /** Raw spans and logs with a match, whether they show or not; null while they are not known. */
  readonly found: ComputedRef<{ readonly spans: number; readonly logs: number } | null>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly settled: Readonly<Ref<string>>
}

/** Shorter than the pause between two letters of most people; a search that is overtaken ends at once. */
const typingMs = 100

/** Looks for words: in names at once, in attributes, events, arguments and output by the engine. */
export function useSearch(
  sessionId: string,
  own: WaterfallState,
  data: () => SessionData,
  isRaw: (row: number) => boolean,
): Search {
  const trimmed = (): string => own.query.value.trim().slice(0, 200)
  const settled = ref(trimmed())
  watchDebounced(own.query, () => (settled.value = trimmed()), { debounce: typingMs })
  const asker = String(Math.random())
  const { data: answer, failure } = useQuery('session.search', () =>
    settled.value === '' ? null : { id: sessionId, query: settled.value, asker },
  )
  /** An answer to earlier words stays until the next one, and is of no use meanwhile. */
  const answered = ref('')
  watchDebounced([answer, failure], () => (answered.value = settled.value), { debounce: 0 })
  const current = computed(() =>
    answered.value === settled.value && settled.value === trimmed() ? answer.value : null,
  )
  const named = computed(() => (trimmed() === '' ? null : matchingNames(data(), trimmed())))
  const matches = computed(() =>
    named.value && current.value ? withAnswer(data(), named.value, current.value) : named.value,
  )
  const entries = computed(() => {
    const of = matches.value
    if (of === null) return new Int32Array()
    return entriesWhere(
      data(),
      (row) => of.rows[row] === 1,
      isRaw,
      (span) => of.spans[span] === 1,
    )
  })
  return {
    matches,
    entries,
    filter: computed(() => (matches.value && own.onlyMatches.value ? onlyMatches(data(), matches.value, isRaw) : null)),
    isSearching: computed(() => trimmed() !== '' && current.value === null && failure.value === null),
    found: computed(() => (current.value ? { spans: current.value.spanCount, logs: current.value.logCount } : null)),
    failure,
    settled,
  }
}
