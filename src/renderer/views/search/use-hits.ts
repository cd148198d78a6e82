import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Params, Value } from '../../../contract/index.ts'
import type { Failure } from '../../../contract/result.ts'
import { useBridge } from '../../bridge/index.ts'
import { useQuery } from '../../data/use-query.ts'

type Found = Value<'history.search'>

export interface Hits {
  /** null before the first answer, and where nothing is asked. */
  readonly found: Readonly<ShallowRef<Found | null>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly busy: Readonly<Ref<boolean>>
  readonly refresh: () => void
  /** Reads on behind what is here. */
  readonly more: () => Promise<void>
}

/** What is found, a page after the other. */
export function useHits(params: () => Params<'history.search'> | null): Hits {
  const bridge = useBridge()
  const { data, failure, refresh } = useQuery('history.search', params, ['settings'])
  const found = shallowRef<Found | null>(null)
  const busy = ref(false)
  watch(data, (first) => (found.value = first), { immediate: true })

  async function more(): Promise<void> {
    const [asked, now] = [params(), found.value]
    if (asked === null || now === null || now.before === null || busy.value) return
    busy.value = true
    const result = await bridge.invoke('history.search', { ...asked, before: now.before })
    busy.value = false
    // Something else is looked for meanwhile.
    if (found.value !== now || !result.ok) return
    found.value = { ...result.value, hits: [...now.hits, ...result.value.hits] }
  }
  return { found, failure, busy, refresh, more }
}
