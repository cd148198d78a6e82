import { useEventListener, useResizeObserver } from '@vueuse/core'
import { computed, onMounted, onScopeDispose, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { inTurn } from '../data/in-turn.ts'
import { rowHeight, rowsInView, scrollToShow } from './hit.ts'
import type { RowWindow } from './hit.ts'

/** Browsers end an element at 2^25 pixels (Chromium) and less: above this, one pixel of scrolling is more than one of lines. */
const tallest = 30_000_000

export interface LineScroll {
  readonly window: ComputedRef<RowWindow>
  /** Pixels of lines above those in view. */
  readonly top: ComputedRef<number>
  readonly height: ComputedRef<number>
  readonly width: Readonly<Ref<number>>
  /** Of the element that makes the scrolling element scroll. */
  readonly spaceHeight: ComputedRef<number>
  readonly scrollTo: (top: number) => void
  readonly show: (line: number) => void
}

/** Lines of a fixed height in a scrolling element whose first `headHeight` pixels stay on top. */
export function useLineScroll(element: Ref<HTMLElement | null>, lines: () => number, headHeight: number): LineScroll {
  const width = ref(0)
  const outerHeight = ref(0)
  function measure(): void {
    width.value = element.value?.clientWidth ?? 0
    outerHeight.value = element.value?.clientHeight ?? 0
  }
  // Not when the browser tells of the size, so that the first paint has the rows, and not with what is mounted: to lay out and to read
  // it is a piece of its own.
  let takeBack = (): void => {}
  onMounted(() => (takeBack = inTurn(measure, true)))
  onScopeDispose(() => takeBack())
  useResizeObserver(element, measure)
  const scrolled = ref(0)
  const height = computed(() => Math.max(0, outerHeight.value - headHeight))
  const total = computed(() => lines() * rowHeight)
  const spaceHeight = computed(() => Math.min(total.value, tallest))
  const perPixel = computed(() =>
    total.value <= tallest ? 1 : (total.value - height.value) / (tallest - height.value),
  )
  const top = computed(() => Math.min(scrolled.value * perPixel.value, Math.max(0, total.value - height.value)))
  useEventListener(element, 'scroll', () => (scrolled.value = element.value?.scrollTop ?? 0), { passive: true })

  function scrollTo(to: number): void {
    // Without need it would only make the browser lay out the page.
    if (element.value && to !== top.value) element.value.scrollTop = to / perPixel.value
  }
  return {
    window: computed(() => rowsInView(top.value, height.value, lines(), 2)),
    top,
    height,
    width,
    spaceHeight,
    scrollTo,
    show(line) {
      const to = scrollToShow(line, top.value, height.value)
      if (to !== top.value) scrollTo(to)
    },
  }
}
