import { ref, toValue } from 'vue'
import type { MaybeRefOrGetter, Ref } from 'vue'
import { useIntervalFn } from '@vueuse/core'

/** The present moment, once a second, and only while somebody needs it. */
export function useNow(needed: MaybeRefOrGetter<boolean> = true): Readonly<Ref<number>> {
  const now = ref(Date.now())
  useIntervalFn(() => {
    if (toValue(needed)) now.value = Date.now()
  }, 1000)
  return now
}
