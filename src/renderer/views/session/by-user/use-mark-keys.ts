import { useEventListener } from '@vueuse/core'
import { isInDialog, isTyping } from '../../../frame/keys.ts'

/** Shift `s` stars, F2 names; not while somebody writes, and not under a dialog. */
export function useMarkKeys(star: () => void, edit: () => void): void {
  useEventListener(window, 'keydown', (event) => {
    if (isTyping(event) || isInDialog(event) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'F2') edit()
    else if (event.key === 'S') star()
    else return
    event.preventDefault()
  })
}
