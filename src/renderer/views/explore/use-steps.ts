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
 * Looks through a range step by step, each a question of its own: to stop is to wait for none. Begins anew, with `begin`, when what
 * it asks for changes. `take` says whether it has enough.
 */
export function useSteps<S extends Step>(
  asked: () => unknown,
  ask: (after: string | undefined, signal: AbortSignal) => Promise<Result<S>>,
  begin: () => void,
  take: (step: S) => boolean,
): Steps {
  const lookedBackToMs = ref(0)
  const state = ref<Steps['state']['value']>('looking')
  const failure = shallowRef<Failure | null>(null)
  let next: string | null = null
  let turn = 0
  /** Of the step that is awaited. */
  let given = new AbortController()

  function leave(): void {
    turn += 1
    given.abort()
    given = new AbortController()
  }

  async function look(): Promise<void> {
    leave()
    const mine = turn
    state.value = 'looking'
    failure.value = null
    let isEnough = false
    do {
      const result = await ask(next ?? undefined, given.signal)
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
  onScopeDispose(leave)
  return {
    ...{ lookedBackToMs, state, failure },
    stop: () => {
      leave()
      state.value = 'stopped'
    },
    goOn: () => void look(),
  }
}
