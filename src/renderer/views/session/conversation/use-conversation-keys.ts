import { useEventListener } from '@vueuse/core'
import { isInDialog, isTyping } from '../../../frame/keys.ts'

export interface ConversationCommands {
  readonly move: (by: number) => void
  readonly moveTo: (end: 'first' | 'last') => void
  readonly toggle: () => void
  readonly copy: () => void
  readonly show: () => void
  readonly search: () => void
  readonly match: (by: 1 | -1) => void
}

/** Keys of the conversation, while its tab is open. What scrolls by itself, such as an output, keeps its arrows. */
export function useConversationKeys(commands: ConversationCommands): void {
  const byKey: Readonly<Record<string, () => void>> = {
    j: () => commands.move(1),
    k: () => commands.move(-1),
    ArrowDown: () => commands.move(1),
    ArrowUp: () => commands.move(-1),
    Home: () => commands.moveTo('first'),
    End: () => commands.moveTo('last'),
    c: () => commands.copy(),
    w: () => commands.show(),
    '/': () => commands.search(),
    n: () => commands.match(1),
    N: () => commands.match(-1),
  }
  useEventListener(window, 'keydown', (event) => {
    if (isInDialog(event)) return
    if ((event.ctrlKey || event.metaKey) && event.key === 'f' && !event.altKey) {
      event.preventDefault()
      return commands.search()
    }
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' && isEntry(event.target)) {
      event.preventDefault()
      return commands.toggle()
    }
    const command = byKey[event.key]
    if (command === undefined || (isOfScroller(event.key) && !isOfFeed(event.target))) return
    event.preventDefault()
    command()
  })
}

const isOfScroller = (key: string): boolean => ['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(key)

/** Tabs and lists beside the feed have arrows of their own. */
function isOfFeed(target: EventTarget | null): boolean {
  return target === document.body || isEntry(target) || (target instanceof Element && target.matches('.feed'))
}

function isEntry(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('article[data-index]')
}
