import { whenever } from '@vueuse/core'
import { nextTick, watch } from 'vue'
import type { Ref } from 'vue'
import type { DisplayList } from './display-list.ts'
import { entryOf, idOf } from './entries.ts'
import { rowHeight } from './hit.ts'
import type { SessionData } from './session-data.ts'
import type { LineScroll } from './use-line-scroll.ts'

/**
 * Begins where the view was left. Rows arrive in place: what was on top stays on top, and a view that was at the end of a live
 * session stays there.
 */
export function useKeptPlace({
  data,
  list,
  isLive,
  scroll,
  kept,
  cursorLine,
}: {
  readonly data: () => SessionData
  readonly list: () => DisplayList
  readonly isLive: () => boolean
  readonly scroll: LineScroll
  /** Of the session: pixels of lines above those in view. */
  readonly kept: Ref<number>
  readonly cursorLine: Readonly<Ref<number>>
}): void {
  // As soon as there is room to say what is in view.
  whenever(
    scroll.height,
    () => {
      scroll.scrollTo(kept.value)
      if (cursorLine.value >= 0) scroll.show(cursorLine.value)
      watch(scroll.top, (top) => (kept.value = top))
    },
    { once: true, flush: 'post' },
  )
  watch([data, list], ([now, lines], [before, linesBefore]) => {
    if (now === before) return
    const top = scroll.top.value
    const height = scroll.height.value
    const allBefore = linesBefore.lines * rowHeight
    if (isLive() && allBefore > height && top + height >= allBefore - 1) {
      if (lines.lines !== linesBefore.lines) void nextTick(() => scroll.scrollTo(lines.lines * rowHeight))
      return
    }
    const first = Math.floor(top / rowHeight)
    const entry = first === 0 ? null : linesBefore.entryAt(first)
    const found = entry === null ? null : entryOf(now, idOf(before, entry))
    const line = found === null ? -1 : lines.lineOf(found)
    if (line >= 0 && line !== first) void nextTick(() => scroll.scrollTo(top + (line - first) * rowHeight))
  })
}
