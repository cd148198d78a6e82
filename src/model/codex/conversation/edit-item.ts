import type { ContentRedaction } from '../../genai/content-words.ts'
import { conversationItem, type ConversationItem } from './item.ts'

export interface ItemEdit {
  readonly leavesOut: ReadonlySet<ContentRedaction>
  /** Takes out of a text what shall not be shown. */
  readonly edit: (text: string) => string
}

/** Members that hold ids, words of the format and places, never what somebody wrote. */
const wordless = new Set([
  'key',
  'kind',
  'part',
  'turnId',
  'callId',
  'agentId',
  'sessionId',
  'state',
  'status',
  'change',
  'how',
  'language',
])

/** An item without what is left out, every text that is left edited. For a transcript whose lines are read, `quote` does the same. */
export function editItem(item: ConversationItem, { leavesOut, edit }: ItemEdit): ConversationItem {
  const isLeftOut = (part: string): boolean => familiesOf(item, part).some((family) => leavesOut.has(family))

  function walk(value: unknown, name: string): unknown {
    if (typeof value === 'string') return wordless.has(name) ? value : edit(value)
    if (Array.isArray(value))
      return value.flatMap((one: unknown) => (isImage(one) && isLeftOut(one.part) ? [] : [walk(one, name)]))
    if (typeof value !== 'object' || value === null || isImage(value)) return value
    if (!isQuoted(value))
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, key)]))
    const { part, text, length } = value
    if (isLeftOut(part)) return { part, text: '', length, leftOut: true }
    const edited = edit(text)
    return { ...value, text: edited, length: length === text.length ? edited.length : length }
  }

  return conversationItem.parse(walk(withoutNames(item, leavesOut), ''))
}

/** Words beside the quoted ones that belong to a family. */
function withoutNames(item: ConversationItem, leavesOut: ItemEdit['leavesOut']): ConversationItem {
  const hides = (family: ContentRedaction): boolean => leavesOut.has(family)
  switch (item.kind) {
    case 'patch':
      if (!hides('arguments')) return item
      return {
        ...item,
        files: item.files.map((file, i) => ({ ...file, path: `file ${String(i + 1)}`, movedTo: null })),
      }
    case 'plan':
      return hides('arguments') || hides('output') ? { ...item, steps: [] } : item
    case 'agent':
      return hides('arguments') ? { ...item, name: '' } : item
    case 'review':
      return hides('output') ? { ...item, findings: [] } : item
    default:
      return item
  }
}

/** What leaves it out; an answer of the model goes with prompts as well as with output. */
function familiesOf(item: ConversationItem, part: string): readonly ContentRedaction[] {
  switch (item.kind) {
    case 'prompt':
    case 'message':
      return ['prompts']
    case 'tool':
      return part !== 'input' ? ['output'] : item.byUser ? ['prompts'] : ['arguments']
    case 'patch':
      return part.startsWith('diff:') ? ['arguments'] : ['output']
    case 'plan':
      return ['arguments', 'output']
    case 'agent':
      return ['arguments']
    case 'ending':
    case 'error':
      return ['output']
    default:
      return ['prompts', 'output']
  }
}

function isQuoted(value: object): value is { part: string; text: string; length: number } {
  return 'part' in value && 'text' in value
}

function isImage(value: unknown): value is { part: string } {
  return typeof value === 'object' && value !== null && 'part' in value && 'url' in value
}
