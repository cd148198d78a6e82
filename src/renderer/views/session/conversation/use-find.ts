import { refDebounced } from '@vueuse/core'
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useQuery } from '../../../data/use-query.ts'

export interface Find {
  readonly count: ComputedRef<number | null>
  /** Counts from 0; null where nothing was found, or none was gone to. */
  readonly current: Readonly<Ref<number | null>>
  readonly step: (by: 1 | -1) => void
  readonly isMatch: (index: number) => boolean
  /** What is looked for at this moment. */
  readonly wanted: Readonly<Ref<string>>
}

/** Looks for words in the whole transcript; `go` is told where the next match stands. */
export function useFind(id: string, words: Ref<string>, go: (index: number) => void): Find {
  const wanted = refDebounced(
    computed(() => words.value.trim()),
    200,
  )
  const { data } = useQuery('conversation.find', () => (wanted.value === '' ? null : { id, words: wanted.value }), [
    'sessions',
  ])
  const positions = computed(() => (wanted.value === '' ? null : (data.value?.positions ?? null)))
  const matches = computed(() => new Set(positions.value))
  const current = ref<number | null>(null)
  watch(wanted, () => (current.value = null))
  // The first match is gone to when its words are still those that are wanted.
  watch(positions, (now) => {
    if (now !== null && now.length > 0 && current.value === null) step(1)
  })

  function step(by: 1 | -1): void {
    const all = positions.value ?? []
    if (all.length === 0) return
    current.value = current.value === null ? 0 : (current.value + by + all.length) % all.length
    go(all[current.value] ?? 0)
  }

  return {
    count: computed(() => positions.value?.length ?? null),
    current,
    step,
    isMatch: (index) => matches.value.has(index),
    wanted,
  }
}
