import { computed, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { clampTo, followEnd, lengthOf, panBy, zoomAt } from './scale.ts'
import type { TimeRange } from './scale.ts'

export interface TimeView {
  readonly range: ComputedRef<TimeRange>
  readonly zoomed: ComputedRef<boolean>
  /** Without a centre: the middle of what shows. */
  readonly zoom: (factor: number, centreMs?: number) => void
  /** By a share of what shows; positive is later. */
  readonly pan: (share: number) => void
  readonly reset: () => void
}

/** What stretch of the session shows. Zoomed out fully it grows with a live session, whose end is now. */
export function useTimeView(kept: ShallowRef<TimeRange | null>, bounds: () => TimeRange): TimeView {
  const range = computed(() => (kept.value ? clampTo(bounds(), kept.value) : bounds()))
  function set(next: TimeRange): void {
    kept.value = lengthOf(next) >= lengthOf(bounds()) ? null : next
  }
  watch(bounds, (after, before) => {
    if (kept.value) kept.value = followEnd(kept.value, before, after)
  })
  return {
    range,
    zoomed: computed(() => kept.value !== null),
    zoom(factor, centreMs) {
      const centre = centreMs ?? (range.value.startMs + range.value.endMs) / 2
      set(zoomAt(bounds(), range.value, centre, factor))
    },
    pan: (share) => set(panBy(bounds(), range.value, share * lengthOf(range.value))),
    reset: () => (kept.value = null),
  }
}
