import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Params, Value } from '../../../../contract/index.ts'
import { useBridge } from '../../../bridge/index.ts'
import { useSteps, type Steps } from '../use-steps.ts'

export type SecretRecord = Value<'explore.secrets'>['found'][number]

export interface SecretScan extends Steps {
  /** Newest first. */
  readonly found: Readonly<ShallowRef<readonly SecretRecord[]>>
  readonly looked: Readonly<Ref<number>>
}

/** More than anybody reads; what is found further back is left out, and said. */
const mostFound = 5000

/** Looks through the records of a range for what looks like a secret. */
export function useSecretScan(asked: () => Params<'explore.secrets'>): SecretScan {
  const bridge = useBridge()
  const found = shallowRef<readonly SecretRecord[]>([])
  const looked = ref(0)
  const steps = useSteps<Value<'explore.secrets'>>(
    asked,
    (after, signal) =>
      bridge.invoke('explore.secrets', { ...asked(), ...(after === undefined ? {} : { after }) }, signal),
    () => {
      found.value = []
      looked.value = 0
    },
    (step) => {
      looked.value += step.looked
      if (step.found.length > 0)
        found.value = [...found.value, ...step.found].sort((a, b) => b.timeMs - a.timeMs).slice(0, mostFound)
      return found.value.length >= mostFound
    },
  )
  return { found, looked, ...steps }
}
