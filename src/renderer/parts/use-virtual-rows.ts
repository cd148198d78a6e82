import { useElementSize, useEventListener } from '@vueuse/core'
import { computed, ref, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter, Ref } from 'vue'
import { rowsInView, scrollToShow } from '../waterfall/hit.ts'
import type { RowWindow } from '../waterfall/hit.ts'

export interface VirtualRows {
  readonly window: ComputedRef<RowWindow>
  readonly scrollTop: Ref<number>
  /** Height and width left for rows, without what stays on top. */
  readonly height: ComputedRef<number>
  readonly width: Readonly<Ref<number>>
  readonly show: (index: number) => void
}

/** Rows of one fixed height in a scrolling element whose first `headHeight` pixels stay on top. */
export function useVirtualRows(
  element: Ref<HTMLElement | null>,
  count: MaybeRefOrGetter<number>,
  /** 0 where all rows are made. */
  rowHeight: () => number,
  headHeight: number,
  spare: number,
): VirtualRows {
  // Where all rows are made nobody asks for it, and to know it at once would lay the page out before it is whole.
  const size = useElementSize(() => (rowHeight() > 0 ? element.value : null))
  const scrollTop = ref(0)
  const height = computed(() => Math.max(0, size.height.value - headHeight))
  useEventListener(element, 'scroll', () => (scrollTop.value = element.value?.scrollTop ?? 0), { passive: true })
  return {
    window: computed(() => rowsInView(scrollTop.value, height.value, toValue(count), spare, rowHeight())),
    scrollTop,
    height,
    width: size.width,
    show(index) {
      const at = element.value
      if (at) at.scrollTop = scrollToShow(index, at.scrollTop, height.value, rowHeight())
    },
  }
}
