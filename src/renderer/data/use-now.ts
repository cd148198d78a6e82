import { onScopeDispose, readonly, ref, toValue, watch } from 'vue'
import type { MaybeRefOrGetter, Ref } from 'vue'

const secondMs = 1000

/** All who need the moment are told of it together: each timer of its own would wake an idle page once more. */
const askers = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | null = null

function tick(): void {
  timer = null
  for (const tell of askers) tell()
  tickSoon()
}

/** With the whole second, so that what counts seconds counts them together. */
function tickSoon(): void {
  if (askers.size > 0) timer ??= setTimeout(tick, secondMs - (Date.now() % secondMs))
}

function leave(tell: () => void): void {
  askers.delete(tell)
  if (askers.size > 0 || timer === null) return
  clearTimeout(timer)
  timer = null
}

/** The present moment, once a second, and only while somebody needs it. */
export function useNow(needed: MaybeRefOrGetter<boolean> = true): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const tell = (): void => {
    now.value = Date.now()
  }
  watch(
    () => toValue(needed),
    (isNeeded) => {
      if (!isNeeded) return leave(tell)
      tell()
      askers.add(tell)
      tickSoon()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    leave(tell)
  })
  return readonly(now)
}
