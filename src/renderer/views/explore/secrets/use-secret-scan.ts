import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Params, Value } from '../../../../contract/index.ts'
import type { Failure } from '../../../../contract/result.ts'
import { useBridge } from '../../../bridge/index.ts'

export type SecretRecord = Value<'explore.secrets'>['found'][number]

export interface SecretScan {
  /** Newest first. */
  readonly found: Readonly<ShallowRef<readonly SecretRecord[]>>
  readonly looked: Readonly<Ref<number>>
  readonly lookedBackToMs: Readonly<Ref<number>>
  /** full: so many were found that no more are kept. */
  readonly state: Readonly<Ref<'looking' | 'stopped' | 'full' | 'done' | 'failed'>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly stop: () => void
  /** Where it was stopped. */
  readonly goOn: () => void
}

/** More than anybody reads; a page of their rows takes no room to speak of. */
export const mostFound = 5000

/** Looks through the records of a range step by step, each a question of its own: to stop is to ask no further one. */
export function useSecretScan(asked: () => Params<'explore.secrets'>): SecretScan {
  const bridge = useBridge()
  const found = shallowRef<readonly SecretRecord[]>([])
  const looked = ref(0)
  const lookedBackToMs = ref(0)
  const state = ref<SecretScan['state']['value']>('looking')
  const failure = shallowRef<Failure | null>(null)
  let next: string | null = null
  let turn = 0

  async function look(): Promise<void> {
    const mine = ++turn
    state.value = 'looking'
    failure.value = null
    do {
      const result = await bridge.invoke('explore.secrets', { ...asked(), ...(next === null ? {} : { after: next }) })
      if (mine !== turn) return
      if (!result.ok) {
        failure.value = result.error
        state.value = 'failed'
        return
      }
      const step = result.value
      next = step.next
      looked.value += step.looked
      lookedBackToMs.value = step.lookedBackToMs
      if (step.found.length > 0)
        found.value = [...found.value, ...step.found].sort((a, b) => b.timeMs - a.timeMs).slice(0, mostFound)
    } while (next !== null && found.value.length < mostFound)
    state.value = next === null ? 'done' : 'full'
  }

  watch(
    () => JSON.stringify(asked()),
    () => {
      found.value = []
      looked.value = 0
      next = null
      void look()
    },
    { immediate: true },
  )
  onScopeDispose(() => (turn += 1))
  return {
    ...{ found, looked, lookedBackToMs, state, failure },
    stop: () => {
      turn += 1
      state.value = 'stopped'
    },
    goOn: () => void look(),
  }
}
