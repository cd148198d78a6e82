import { useEventListener } from '@vueuse/core'
import { shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { rowAt } from './hit.ts'
import type { PlacedRow } from './rows.ts'
import { xToTime } from './scale.ts'
import type { TimeView } from './use-time-view.ts'

/** Where the pointer is: the row, the moment, and the place in the window. */
export interface Pointed {
  readonly placed: PlacedRow
  readonly timeMs: number
  readonly x: number
  readonly y: number
}

export interface TimeArea {
  readonly rows: () => readonly PlacedRow[]
  /** Pixels on the left that belong to the names. */
  readonly left: () => number
  readonly width: () => number
}

/** A press that moves less than this is a click. */
const clickSlack = 3

/**
 * The pointer over the time area of the rows: hovering points, dragging moves time, the wheel with Ctrl zooms to the
 * pointer, a double click shows all. The listeners sit on the element that holds the rows, so that a click stays a click
 * on its row; only a drag captures the pointer, and a captured pointer clicks nothing when it is let go.
 */
export function useTimePointer(
  element: Readonly<Ref<HTMLElement | null>>,
  area: TimeArea,
  time: TimeView,
): Readonly<ShallowRef<Pointed | null>> {
  const pointed = shallowRef<Pointed | null>(null)
  let drag: { readonly startX: number; lastX: number; moved: boolean } | null = null

  const xOf = (event: MouseEvent): number =>
    event.clientX - (element.value?.getBoundingClientRect().left ?? 0) - area.left()
  const timeOf = (event: MouseEvent): number => xToTime(xOf(event), time.range.value, area.width())

  function point(event: PointerEvent): void {
    const y = event.clientY - (element.value?.getBoundingClientRect().top ?? 0)
    const placed = xOf(event) < 0 ? null : rowAt(area.rows(), y)
    pointed.value = placed ? { placed, timeMs: timeOf(event), x: event.clientX, y: event.clientY } : null
  }

  useEventListener(element, 'pointerdown', (event) => {
    if (event.button === 0 && xOf(event) >= 0) drag = { startX: event.clientX, lastX: event.clientX, moved: false }
  })
  useEventListener(element, 'pointermove', (event) => {
    if (!drag) return point(event)
    if (!drag.moved && Math.abs(event.clientX - drag.startX) > clickSlack) {
      drag.moved = true
      element.value?.setPointerCapture(event.pointerId)
    }
    if (!drag.moved) return
    pointed.value = null
    time.pan((drag.lastX - event.clientX) / area.width())
    drag.lastX = event.clientX
  })
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
    if (zooms) time.zoom(Math.exp(event.deltaY * 0.004), timeOf(event))
    else time.pan((event.deltaX || event.deltaY) / area.width())
  }

  return pointed
}
