import { nextTick, type Directive } from 'vue'
import { focusMain } from './focus-main.ts'

const mayHaveFocus = ':is(button, a[href], input, select, textarea, [tabindex="0"]):not(:disabled)'
const stops = (within: Element): readonly HTMLElement[] => [...within.querySelectorAll<HTMLElement>(mayHaveFocus)]

/** What was used last, until something else has the focus: a button that waits is disabled, and has it no more. */
let used: Element | null = null
for (const goesOn of ['focusin', 'pointerdown'])
  document.addEventListener(goesOn, ({ target }) => {
    if (target !== used) used = null
  })
function hasNowhere(element: Element): boolean {
  const { activeElement } = document
  return used === element && (activeElement === null || activeElement === document.body || activeElement === element)
}

/** For a view that has come, where the last one went with the button that was used. */
export function focusViewWhereLost(): void {
  if (used === null || used.isConnected || document.activeElement !== document.body) return
  used = null
  focusMain()
}

/**
 * For a button that its own action takes away, or disables while it waits: the focus would go with it, and Tab begin at the top. What took
 * its place has the focus then, else its neighbour, else the view.
 */
export const vGivesFocusOn: Directive<HTMLElement> = {
  mounted(element) {
    element.addEventListener('click', () => {
      used = element
    })
  },
  updated(element) {
    if (hasNowhere(element) && element.matches(mayHaveFocus) && document.activeElement !== element)
      element.focus({ preventScroll: true })
  },
  beforeUnmount(element) {
    if (!hasNowhere(element)) return
    const around: Element[] = []
    for (let box = element.parentElement; box !== null && !box.matches('main, :has(main)'); box = box.parentElement)
      around.push(box)
    const before = stops(document.body)
    const isAfter = (stop: Element): boolean =>
      (element.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
    const neighbours = [...before.filter(isAfter), ...before.filter((stop) => !isAfter(stop)).reverse()]
    void nextTick(() => {
      // A view that goes as a whole stays until the next one can come.
      if (!hasNowhere(element) || element.isConnected) return
      used = null
      for (const box of around.filter(({ isConnected }) => isConnected)) {
        const next = stops(box).find((stop) => !before.includes(stop)) ?? neighbours.find((stop) => box.contains(stop))
        if (next) {
          next.focus({ preventScroll: true })
          return
        }
      }
      focusMain()
    })
  },
}
