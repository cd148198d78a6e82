import { refDebounced } from '@vueuse/core'
import { computed, watch, type ComputedRef, type Ref } from 'vue'
import { useQuery } from '../../../data/use-query.ts'

export interface Find {
  readonly count: ComputedRef<number | null>
  /** Counts from 0; null where nothing was found, or one is at none of them. */
  readonly current: ComputedRef<number | null>
  readonly step: (by: 1 | -1) => void
  readonly isMatch: (index: number) => boolean
  /** What is looked for at this moment. */
  readonly wanted: Readonly<Ref<string>>
}

export interface FindGiven {
  /** Where one is in the transcript; null before one was anywhere. */
  readonly at: Readonly<Ref<number | null>>
  readonly go: (index: number) => void
}

/** Looks for words in the whole transcript, from where one is on. */
export function useFind(id: string, words: Ref<string>, { at, go }: FindGiven): Find {
  const wanted = refDebounced(
    computed(() => words.value.trim()),
    200,
  )
  const { data } = useQuery('conversation.find', () => (wanted.value === '' ? null : { id, words: wanted.value }), [
    'sessions',
  ])
  const positions = computed(() => (wanted.value === '' ? null : (data.value?.positions ?? null)))
  const matches = computed(() => new Set(positions.value))
  /** Words lead to their first match once. Those that are there from before have: who comes back, or from a row, stays where that is. */
  let isGoneTo = wanted.value !== ''
  watch(wanted, () => (isGoneTo = false))
  watch(positions, (now) => {
    if (isGoneTo || now === null || now.length === 0) return
    isGoneTo = true
    if (!matches.value.has(at.value ?? -1)) step(1)
  })

  function step(by: 1 | -1): void {
    const all = positions.value ?? []
    const from = at.value ?? -1
    const next = by === 1 ? all.find((one) => one > from) : all.findLast((one) => one < from)
    const [first] = by === 1 ? all : all.slice(-1)
    const target = next ?? first
    if (target !== undefined) go(target)
  }

  return {
    count: computed(() => positions.value?.length ?? null),
    current: computed(() => {
      const index = positions.value?.indexOf(at.value ?? -1) ?? -1
      return index < 0 ? null : index
    }),
    step,
    isMatch: (index) => matches.value.has(index),
    wanted,
  }
}
