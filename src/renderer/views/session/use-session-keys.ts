import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { isInDialog, isTyping } from '../../frame/keys.ts'
import { sessionTabs } from './state.ts'
import type { SessionTab } from './state.ts'

/** `1` to `7` open the tabs, `x` exports, `i` shows what the session is beside them; not while somebody writes, and not under a dialog. */
export function useSessionKeys(view: Ref<SessionTab>, exportIt: () => void, toggleAbout: () => void): void {
  useEventListener(window, 'keydown', (event) => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || isInDialog(event)) return
    const tab = /^[1-9]$/.test(event.key) ? sessionTabs[Number(event.key) - 1] : undefined
    if (tab) view.value = tab
    else if (event.key === 'x') exportIt()
    else if (event.key === 'i') toggleAbout()
    else return
    event.preventDefault()
  })
}
