import { getCurrentScope, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { MaybeRefOrGetter, ShallowRef } from 'vue'
import type { Topic } from '../../contract/changes.ts'
import type { Params, ProcedureName, Value } from '../../contract/index.ts'
import type { Failure } from '../../contract/result.ts'
import { useBridge } from '../bridge/index.ts'

export interface Query<T, P = unknown> {
  /** The latest answer; kept while a newer one is on its way. */
  readonly data: Readonly<ShallowRef<T | null>>
  /** The parameters that `data` is the answer to, which may not be those of now. */
  readonly answered: Readonly<ShallowRef<P | null>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly refresh: () => void
}

/**
 * Server data for as long as its component lives. Asks when the parameters change and when one of the topics does; a
 * reply to older parameters is dropped. Pushes that come while an answer is awaited are gathered into one more ask,
 * so a slow answer is never starved by fast pushes. Parameters of null ask nothing.
 */
export function useQuery<N extends ProcedureName>(
  name: N,
  params: MaybeRefOrGetter<Params<N> | null>,
  topics: readonly Topic[] = [],
): Query<Value<N>, Params<N>> {
  const bridge = useBridge()
  const data: ShallowRef<Value<N> | null> = shallowRef(null)
  const failure = shallowRef<Failure | null>(null)
  const answered: ShallowRef<Params<N> | null> = shallowRef(null)
  let latest = 0
  let awaited = false
  let askAgain = false
  /** Of the question whose answer is awaited. */
  let given: AbortController | null = null

  async function ask(): Promise<void> {
    const now = toValue(params)
    const turn = ++latest
    askAgain = false
    given?.abort()
    given = null
    awaited = now !== null
    if (now === null) {
      data.value = null
      answered.value = null
      failure.value = null
      return
    }
    const mine = (given = new AbortController())
    const result = await bridge.invoke(name, now, mine.signal)
    if (turn !== latest) return
    given = null
    awaited = false
    if (result.ok) {
      data.value = result.value
      answered.value = now
    }
    failure.value = result.ok ? null : result.error
    if (askAgain) void ask()
  }

  function refresh(): void {
    if (awaited) askAgain = true
    else void ask()
  }

  const unsubscribe = bridge.subscribe((changed) => {
    if (changed.topics.some((topic) => topics.includes(topic))) refresh()
  })
  watch(
    () => JSON.stringify(toValue(params)),
    () => void ask(),
    { immediate: true },
  )
  if (getCurrentScope())
    onScopeDispose(() => {
      latest += 1
      given?.abort()
      unsubscribe()
    })
  return { data, answered, failure, refresh }
}
