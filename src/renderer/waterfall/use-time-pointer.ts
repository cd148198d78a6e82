import { useEventListener } from '@vueuse/core'
import { shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { isTyping } from '../frame/keys.ts'
import { rowHeight } from './hit.ts'
import type { TimeRange } from './scale.ts'
import type { TimeView } from './use-time-view.ts'

/** Where the pointer is: the line, the moment, and the place in the window. */
export interface Pointed {
  readonly line: number
  readonly timeMs: number
  /** In the time area. */
  readonly timeX: number
  readonly x: number
  readonly y: number
}

export interface TimeArea {
  /** Pixels on the left that belong to the names. */
  readonly left: () => number
  /** Pixels of lines above those in view. */
  readonly top: () => number
  readonly selection: ShallowRef<TimeRange | null>
}

/** A press that moves less than this is a click. */
const clickSlack = 3

/**
 * The pointer over the time area of the rows: hovering points, dragging selects a range, dragging with the middle button or the
 * space bar moves time, the wheel with Ctrl (and so a pinch) zooms to the pointer, a double click shows all. The listeners sit
 * on the element that holds the rows, so that a click stays a click on its row; only a drag captures the pointer, and a
 * captured pointer clicks nothing when it is let go.
 */
export function useTimePointer(
  element: Readonly<Ref<HTMLElement | null>>,
  area: TimeArea,
  time: TimeView,
): Readonly<ShallowRef<Pointed | null>> {
  const pointed = shallowRef<Pointed | null>(null)
  let drag: { readonly startX: number; lastX: number; readonly pans: boolean; moved: boolean } | null = null
  let spaceIsDown = false

  const xOf = (event: MouseEvent): number =>
    event.clientX - (element.value?.getBoundingClientRect().left ?? 0) - area.left()

  function point(event: PointerEvent): void {
    const y = event.clientY - (element.value?.getBoundingClientRect().top ?? 0) + area.top()
    const timeX = xOf(event)
    const timeMs = time.scale.value.toTime(timeX)
    pointed.value =
      timeX < 0 || y < 0 ? null : { line: Math.floor(y / rowHeight), timeMs, timeX, x: event.clientX, y: event.clientY }
  }

  useEventListener(window, 'keydown', (event) => {
    if (event.key !== ' ' || isTyping(event) || pointed.value === null) return
    spaceIsDown = true
    event.preventDefault()
  })
  useEventListener(window, 'keyup', (event) => {
    if (event.key === ' ') spaceIsDown = false
  })
  useEventListener(element, 'pointerdown', (event) => {
    const x = xOf(event)
    if (x < 0 || event.button > 1) return
    const pans = event.button === 1 || spaceIsDown
    // The middle button would start the browser's own scrolling.
    if (pans) event.preventDefault()
    drag = { startX: x, lastX: x, pans, moved: false }
  })
  useEventListener(element, 'pointermove', (event) => {
    if (!drag) return point(event)
    const x = xOf(event)
    if (!drag.moved && Math.abs(x - drag.startX) > clickSlack) {
      drag.moved = true
      element.value?.setPointerCapture(event.pointerId)
    }
    if (!drag.moved) return
    pointed.value = null
    if (drag.pans) time.pan(drag.lastX - x)
    else area.selection.value = between(drag.startX, x)
    drag.lastX = x
  })

  function between(from: number, to: number): TimeRange {
    const inside = (x: number): number => time.scale.value.toTime(Math.min(Math.max(x, 0), time.scale.value.width))
    return { startMs: inside(Math.min(from, to)), endMs: inside(Math.max(from, to)) }
  }

  useEventListener(element, ['pointerup', 'pointercancel'], () => (drag = null))
  useEventListener(element, 'pointerleave', () => {
    pointed.value = null
    if (!drag?.moved) drag = null
  })
  useEventListener(element, 'dblclick', (event) => {
    if (xOf(event) >= 0) time.reset()
  })
  // A passive listener could not keep the page itself from zooming.
  useEventListener(element, 'wheel', onWheel, { passive: false })

  function onWheel(event: WheelEvent): void {
    const zooms = event.ctrlKey || event.metaKey
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
    if (!zooms && !sideways) return
    event.preventDefault()
    pointed.value = null
    if (zooms) time.zoom(Math.exp(event.deltaY * 0.004), Math.max(0, xOf(event)))
    else time.pan(event.deltaX || event.deltaY)
  }

  return pointed
}
