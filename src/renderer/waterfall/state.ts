import { defineStore } from 'pinia'
import { ref, shallowReactive, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Colouring } from './colour-by.ts'
import { zoomHistory } from './zoom-history.ts'
import type { ZoomHistory } from './zoom-history.ts'

/** What a waterfall keeps beside the selection, the folds and the range of its session. */
export interface WaterfallState {
  /** Rows that start folded, and were unfolded by hand. */
  readonly opened: ShallowRef<ReadonlySet<string>>
  readonly query: Ref<string>
  readonly onlyMatches: Ref<boolean>
  readonly showsPath: Ref<boolean>
  readonly squeezes: Ref<boolean>
  readonly colourBy: Ref<Colouring>
  readonly history: ZoomHistory
}

export const useWaterfallStates = defineStore('waterfalls', () => {
  const states = shallowReactive(new Map<string, WaterfallState>())
  function of(id: string): WaterfallState {
    const known = states.get(id)
    if (known) return known
    const made: WaterfallState = {
      opened: shallowRef(new Set()),
      query: ref(''),
      onlyMatches: ref(false),
      showsPath: ref(false),
      squeezes: ref(false),
      colourBy: ref('kind'),
      history: zoomHistory(),
    }
    states.set(id, made)
    return made
  }
  return { of }
})
