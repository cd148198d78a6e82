import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Failure, Result } from '../../../contract/result.ts'

interface Step {
  readonly next: string | null
  readonly lookedBackToMs: number
}

export interface Steps {
  readonly lookedBackToMs: Readonly<Ref<number>>
  /** full: `take` wants no more. */
  readonly state: Readonly<Ref<'looking' | 'stopped' | 'full' | 'done' | 'failed'>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly stop: () => void
  /** Where it was stopped. */
  readonly goOn: () => void
}

/**
 * Looks through a range step by step, each a question of its own: to stop is to ask no further one. Begins anew, with `begin`, when what
 * it asks for changes. `take` says whether it has enough.
 */
export function useSteps<S extends Step>(
  asked: () => unknown,
  ask: (after: string | undefined) => Promise<Result<S>>,
  begin: () => void,
  take: (step: S) => boolean,
): Steps {
  const lookedBackToMs = ref(0)
  const state = ref<Steps['state']['value']>('looking')
  const failure = shallowRef<Failure | null>(null)
  let next: string | null = null
  let turn = 0

  async function look(): Promise<void> {
    const mine = ++turn
    state.value = 'looking'
    failure.value = null
    let isEnough = false
    do {
      const result = await ask(next ?? undefined)
      if (mine !== turn) return
      if (!result.ok) {
        failure.value = result.error
        state.value = 'failed'
        return
      }
      next = result.value.next
      lookedBackToMs.value = result.value.lookedBackToMs
      isEnough = take(result.value)
    } while (next !== null && !isEnough)
    state.value = next === null ? 'done' : 'full'
  }

  watch(
    () => JSON.stringify(asked()),
    () => {
      next = null
      begin()
      void look()
    },
    { immediate: true },
  )
  onScopeDispose(() => (turn += 1))
  return {
    ...{ lookedBackToMs, state, failure },
    stop: () => {
      turn += 1
      state.value = 'stopped'
    },
    goOn: () => void look(),
  }
}
