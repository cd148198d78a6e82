import { inject, provide, ref } from 'vue'
import type { InjectionKey, Ref } from 'vue'

/** The moment that somebody points at, for all charts of a dashboard at once. */
const key: InjectionKey<Ref<number | null>> = Symbol('cross-hair')

export function provideCrossHair(): void {
  provide(key, ref(null))
}

export function useCrossHair(): Ref<number | null> {
  return inject(key, () => ref(null), true)
}
