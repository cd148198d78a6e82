import type { ConversationItem } from '../../../../model/codex/conversation/item.ts'

/** Entries that divide a transcript rather than say something. */
export function isRule({ kind }: ConversationItem): boolean {
  return ['turn', 'compaction', 'ending', 'error', 'origin'].includes(kind)
}

/** Whether an entry can be folded at all. */
export function canFold(item: ConversationItem): boolean {
  return item.kind === 'tool' || item.kind === 'patch' || (item.kind === 'compaction' && item.summary !== null)
}

/** Patches are what a session made, so they are seen; what was run on the way is there when it is asked for. */
export function isOpenAtFirst({ kind }: ConversationItem): boolean {
  return kind === 'patch'
}

/** So high is an entry about, until it has been drawn. */
export function roughHeight(item: ConversationItem | undefined): number {
  if (item === undefined) return 72
  switch (item.kind) {
    case 'tool':
      return 44
    case 'patch':
      return (
        60 +
        19 *
          Math.min(
            28,
            item.files.reduce((sum, { added, removed }) => sum + added + removed + 6, 0),
          )
      )
    case 'prompt':
    case 'reply':
      return 50 + 22 * Math.ceil(Math.min(item.text.length, 4000) / 110)
    default:
      return 48
  }
}
