import { defineStore } from 'pinia'
import { ref, shallowReactive, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { TimeRange } from '../../waterfall/scale.ts'

export interface SessionViewState {
  /** The row whose details show. */
  readonly selected: Ref<string | null>
  /** The row that the keys act on. */
  readonly cursor: Ref<string | null>
  readonly folded: ShallowRef<ReadonlySet<string>>
  /** Rows that are unfolded to their raw spans. */
  readonly raw: ShallowRef<ReadonlySet<string>>
  /** null: the whole session. */
  readonly range: ShallowRef<TimeRange | null>
  readonly scrollTop: Ref<number>
  readonly tab: Ref<string>
}

/** How each session was left, so that nothing is lost by going to another view and back. */
export const useSessionViews = defineStore('session-views', () => {
  const views = shallowReactive(new Map<string, SessionViewState>())
  function of(id: string): SessionViewState {
    const known = views.get(id)
    if (known) return known
    const made: SessionViewState = {
      selected: ref(null),
      cursor: ref(null),
      folded: shallowRef(new Set()),
      raw: shallowRef(new Set()),
      range: shallowRef(null),
      scrollTop: ref(0),
      tab: ref('overview'),
    }
    views.set(id, made)
    return made
  }
  return { of }
})
