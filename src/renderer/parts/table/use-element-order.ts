import { watchDebounced } from '@vueuse/core'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { inTurn } from '../../data/in-turn.ts'

/** Rows that did not move for so long are not being scrolled. */
const restMs = 200

/**
 * Rows in the order of their elements. An element that is moved is laid out and painted anew, which was a third of each frame of a table
 * that is scrolled: they stay where they are meanwhile, each with the row of its place. Once they rest they follow the rows that they
 * show, a few with each turn, for whoever reads the page in the order of its elements.
 */
export function useElementOrder<Entry extends { readonly place: number }>(
  shown: () => readonly Entry[],
  places: () => number,
  step: number,
): ComputedRef<readonly Entry[]> {
  /** Of the first element. */
  const first = shallowRef(0)
  /** How many places after the first element's. */
  const after = (place: number): number => (place - first.value + places()) % places()
  let takeBack = (): void => {}

  function follow(): void {
    const [top] = shown()
    if (!top) return
    const ahead = after(top.place)
    const way = ahead > places() / 2 ? ahead - places() : ahead
    if (way === 0) return
    first.value = (first.value + Math.max(-step, Math.min(step, way)) + places()) % places()
    takeBack = inTurn(follow)
  }
  const moves = [() => shown()[0]?.place, places]
  watch(moves, () => takeBack())
  watchDebounced(moves, follow, { debounce: restMs })
  onScopeDispose(() => takeBack())
  return computed(() => [...shown()].sort((a, b) => after(a.place) - after(b.place)))
}
