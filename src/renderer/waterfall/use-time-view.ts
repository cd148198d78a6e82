import { computed, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { clampTo, followEnd, lengthOf, panBy, scaleOf, zoomAt } from './scale.ts'
import type { Scale, TimeRange } from './scale.ts'
import type { ZoomHistory } from './zoom-history.ts'

export interface TimeView {
  readonly bounds: ComputedRef<TimeRange>
  readonly range: ComputedRef<TimeRange>
  readonly scale: ComputedRef<Scale>
  readonly zoomed: ComputedRef<boolean>
  readonly set: (range: TimeRange) => void
  /** Around a pixel; without one, around the middle. */
  readonly zoom: (factor: number, x?: number | null) => void
  /** By pixels; positive is later. */
  readonly pan: (pixels: number) => void
  readonly reset: () => void
  readonly back: () => void
  readonly forward: () => void
}

/** What stretch of the session shows. Zoomed out fully it grows with a live session, whose end is now. */
export function useTimeView(
  kept: ShallowRef<TimeRange | null>,
  history: ZoomHistory,
  area: {
    readonly bounds: () => TimeRange
    readonly width: () => number
    readonly gaps: () => readonly TimeRange[]
  },
): TimeView {
  const bounds = computed(area.bounds)
  const range = computed(() => (kept.value ? clampTo(bounds.value, kept.value) : bounds.value))
  const scale = computed(() => scaleOf(range.value, area.width(), area.gaps()))

  function show(next: TimeRange | null): void {
    history.leave(kept.value, performance.now())
    kept.value = next && lengthOf(next) < lengthOf(bounds.value) ? next : null
  }
  function take(from: TimeRange | null | undefined): void {
    if (from !== undefined) kept.value = from
  }

  watch(bounds, (after, before) => {
    if (kept.value) kept.value = followEnd(kept.value, before, after)
  })
  return {
    bounds,
    range,
    scale,
    zoomed: computed(() => kept.value !== null),
    set: (next) => show(clampTo(bounds.value, next)),
    zoom: (factor, x) => show(zoomAt(bounds.value, scale.value, x ?? scale.value.width / 2, factor)),
    pan: (pixels) => kept.value && show(panBy(bounds.value, scale.value, pixels)),
    reset: () => kept.value && show(null),
    back: () => take(history.back(kept.value)),
    forward: () => take(history.forward(kept.value)),
  }
}
