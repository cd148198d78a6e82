import type { ConversationItem } from './item.ts'

/** A part's whole text, or an image's data URL; null where the item has no such part. */
export function partOf(item: ConversationItem, part: string): string | null {
  for (const piece of partsIn(item))
    if (piece.part === part) return 'url' in piece && typeof piece.url === 'string' ? piece.url : (piece.text ?? null)
  return null
}

/** Whether words occur in what is seen of an item, case ignored. */
export function holdsWords(item: ConversationItem, words: string): boolean {
  const wanted = words.toLowerCase()
  return seenTexts(item).some((text) => text.toLowerCase().includes(wanted))
}

/** What is seen of an item, text by text. */
export function seenTexts(item: ConversationItem): readonly string[] {
  const quoted = [...partsIn(item)].map(({ text }) => text ?? '')
  switch (item.kind) {
    case 'patch':
      return [...quoted, ...item.files.map(({ path }) => path)]
    case 'plan':
      return [...quoted, ...item.steps.map(({ text }) => text)]
    case 'tool':
      return [...quoted, item.tool]
    case 'agent':
      return [...quoted, item.name]
    case 'review':
      return [...quoted, ...item.findings.flatMap(({ title, place }) => [title, place])]
    default:
      return quoted
  }
}

interface Part {
  readonly part: string
  readonly text?: string
  readonly url?: string | null
}

/** Every text and image in an item, wherever it lies. */
function* partsIn(value: unknown): Generator<Part, void> {
  if (typeof value !== 'object' || value === null) return
  if (isPart(value)) yield value
  else for (const inner of Object.values(value)) yield* partsIn(inner)
}

function isPart(value: object): value is Part {
  return 'part' in value && typeof value.part === 'string'
}
