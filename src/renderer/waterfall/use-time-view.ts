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

/** What stretch of the session shows. Unless somebody chose one it grows with a live session, whose end is now. */
export function useTimeView(
  kept: ShallowRef<TimeRange | null>,
  history: ZoomHistory,
  area: {
    readonly bounds: () => TimeRange
    /** What shows where nobody chose: the work, where the bounds reach beyond it. */
    readonly usual: () => TimeRange
    readonly width: () => number
    readonly gaps: () => readonly TimeRange[]
  },
): TimeView {
  const bounds = computed(area.bounds)
  const usual = computed(() => clampTo(bounds.value, area.usual()))
  const range = computed(() => (kept.value ? clampTo(bounds.value, kept.value) : usual.value))
  const scale = computed(() => scaleOf(range.value, area.width(), area.gaps()))

  function show(next: TimeRange | null): void {
    history.leave(kept.value, performance.now())
    kept.value = next && (next.startMs !== usual.value.startMs || next.endMs !== usual.value.endMs) ? next : null
  }
  const hasMore = (): boolean => lengthOf(usual.value) < lengthOf(bounds.value)
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
    zoomed: computed(() => kept.value !== null || hasMore()),
    set: (next) => show(clampTo(bounds.value, next)),
    zoom: (factor, x) => show(zoomAt(bounds.value, scale.value, x ?? scale.value.width / 2, factor)),
    pan: (pixels) => kept.value && show(panBy(bounds.value, scale.value, pixels)),
    // A second press shows what lies beyond the work as well.
    reset: () => (kept.value ? show(null) : hasMore() && show(bounds.value)),
    back: () => take(history.back(kept.value)),
    forward: () => take(history.forward(kept.value)),
  }
}
