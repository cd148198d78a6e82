import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Params, ProcedureName, Value } from '../../contract/index.ts'
import type { Failure } from '../../contract/result.ts'
import { useBridge } from '../bridge/index.ts'

export interface Action<N extends ProcedureName> {
  readonly busy: Readonly<Ref<boolean>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  /** null when it failed; the reason is in `failure`. */
  readonly run: (params: Params<N>) => Promise<Value<N> | null>
}

/** A procedure that somebody sets off by hand, once at a time. */
export function useAction<N extends ProcedureName>(name: N): Action<N> {
  const bridge = useBridge()
  const busy = ref(false)
  const failure = shallowRef<Failure | null>(null)
  async function run(params: Params<N>): Promise<Value<N> | null> {
    if (busy.value) return null
    busy.value = true
    const result = await bridge.invoke(name, params)
    busy.value = false
    failure.value = result.ok ? null : result.error
    return result.ok ? result.value : null
  }
  return { busy, failure, run }
}
