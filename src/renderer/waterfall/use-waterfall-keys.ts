import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { isInDialog, isTyping } from '../frame/keys.ts'

/** Widgets with keys of their own: letters reach the waterfall from them, arrows and the like do not. */
const widgets = 'button, a, [role=slider], [role=separator], [role=tab], summary'
const deafTo = 'select, input, textarea, [role=dialog], [role=menu], [role=listbox]'

/** Keys of the waterfall, wherever in the page the focus is, as long as nothing there has a use for them. */
export function useWaterfallKeys(
  section: Readonly<Ref<HTMLElement | null>>,
  commands: Readonly<Record<string, (() => void) | undefined>>,
): void {
  useEventListener(document, 'keydown', (event) => {
    const { target } = event
    // Letters tell by themselves whether Shift is held.
    const key = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key
    const command = Object.hasOwn(commands, key) ? commands[key] : undefined
    if (!command || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
    if (!(target instanceof Element) || target.closest(deafTo) !== null || isInDialog(event)) return
    const isWord = key.length === 1
    if (!isWord && target.closest(widgets) !== null) return
    // A click beside the rows gives the focus to what is around them.
    const isHere = target.contains(section.value) || (section.value?.contains(target) ?? false)
    if (!isHere && !isWord) return
    event.preventDefault()
    command()
  })
}
