import type { ItemKind } from '../../../model/codex/conversation/item.ts'

/** What can be searched through alone. */
export const kindGroups: readonly {
  readonly id: string
  readonly name: string
  readonly kinds: readonly ItemKind[]
}[] = [
  { id: 'prompts', name: 'Prompts', kinds: ['prompt'] },
  {
    id: 'replies',
    name: 'Replies',
    kinds: ['reply', 'reasoning', 'plan', 'review', 'message', 'compaction', 'ending'],
  },
  { id: 'commands', name: 'Commands and tools', kinds: ['tool', 'agent'] },
  { id: 'changes', name: 'Changed files', kinds: ['patch'] },
]

export function kindsOf(groups: readonly string[]): ItemKind[] {
  return kindGroups.flatMap(({ id, kinds }) => (groups.includes(id) ? kinds : []))
}
