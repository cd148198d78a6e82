import type { ConversationItem, Quoted } from '../../../../model/codex/conversation/item.ts'

/** What copying an entry copies; null where nothing in it is worth that, or a switch leaves it out. */
export function mainTextOf(item: ConversationItem): Quoted | null {
  const text = textOf(item)
  return text === null || text.length === 0 || text.leftOut ? null : text
}

function textOf(item: ConversationItem): Quoted | null {
  switch (item.kind) {
    case 'tool':
      return item.input
    case 'patch':
      return item.files[0]?.diff ?? null
    case 'agent':
      return item.task
    case 'compaction':
      return item.summary
    case 'turn':
    case 'origin':
      return null
    default:
      return item.text
  }
}
