import { defaultRangeExtractor, useVirtualizer } from '@tanstack/vue-virtual'
import { computed, nextTick, watch, type ComputedRef, type Ref } from 'vue'
import type { ConversationItem } from '../../../../model/codex/conversation/item.ts'
import { roughHeight } from './folding.ts'
import type { Transcript } from './use-transcript.ts'

export interface FeedRow {
  readonly index: number
  readonly key: string
  readonly top: number
  readonly item: ConversationItem | undefined
}

export interface Feed {
  readonly rows: ComputedRef<readonly FeedRow[]>
  readonly height: ComputedRef<number>
  /** Called with each row's element as it is drawn: rows are as high as their words. */
  readonly measure: (element: Element | null) => void
  readonly isAtEnd: () => boolean
  readonly scrollTo: (index: number, align: 'start' | 'center' | 'end' | 'auto') => void
}

/** The entries in view of a transcript that may have twenty thousand, and always the one that has the focus. */
export function useFeed(
  scroller: Readonly<Ref<HTMLElement | null>>,
  transcript: Transcript,
  active: Readonly<Ref<number | null>>,
): Feed {
  const virtualizer = useVirtualizer(
    computed(() => ({
      count: transcript.total.value,
      getScrollElement: () => scroller.value,
      estimateSize: (index: number) => roughHeight(transcript.at(index)),
      // By its place: an entry that is read while it has the focus stays the element that has it.
      getItemKey: (index: number) => index,
      overscan: 8,
      paddingStart: 6,
      paddingEnd: 40,
      rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const seen = defaultRangeExtractor(range)
        const kept = active.value
        if (kept === null || kept >= range.count || seen.includes(kept)) return seen
        return [...seen, kept].sort((a, b) => a - b)
      },
    })),
  )
  const rows = computed(() =>
    virtualizer.value.getVirtualItems().map(({ index, key, start }): FeedRow => ({
      index,
      key: String(key),
      top: start,
      item: transcript.at(index),
    })),
  )
  watch(
    () => virtualizer.value.range,
    (range) => {
      if (range) transcript.show(range.startIndex, range.endIndex)
    },
  )
  return {
    rows,
    height: computed(() => virtualizer.value.getTotalSize()),
    measure: (element) => {
      virtualizer.value.measureElement(element)
    },
    isAtEnd: () => {
      const at = scroller.value
      return at !== null && at.scrollTop + at.clientHeight >= at.scrollHeight - 60
    },
    scrollTo: (index, align) => {
      void nextTick(() => {
        virtualizer.value.scrollToIndex(index, { align })
      })
    },
  }
}
