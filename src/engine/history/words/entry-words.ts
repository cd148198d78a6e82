import type { Entry, EntryLine, ToldLine } from '../../../model/codex/conversation/entry.ts'
import type { ItemKind } from '../../../model/codex/conversation/item.ts'
import { itemOf } from '../../../model/codex/conversation/items/index.ts'
import { seenTexts } from '../../../model/codex/conversation/parts.ts'
import type { Quoting } from '../../../model/codex/conversation/quote.ts'

/** Of each text so much is indexed and looked at: what a command printed beyond that is seldom looked for, and would be most of an index. */
export const longestText = 16 * 1024
/** A longer line holds images. */
const longestLineBytes = 4 * 1024 * 1024

/** What is known of an entry that holds words. */
export interface WordedEntry {
  readonly rolloutId: string
  readonly kind: ItemKind
  readonly atMs: number
  readonly lines: readonly EntryLine[]
}

/** null for what holds figures alone. */
export function wordedEntry({ rolloutId, kind, atMs, lines }: Entry): WordedEntry | null {
  return kind === 'turn' || kind === 'origin' ? null : { rolloutId, kind, atMs, lines }
}

/** Images stand in lines of the model's context, which hold no other words than the prompt behind them. */
export function linesWithWords(lines: readonly EntryLine[]): readonly EntryLine[] {
  return lines.filter(({ kind, place }) => kind !== 'response_item/message' && place.length <= longestLineBytes)
}

/** What is seen of an entry, text by text, as its conversation shows it; none where its lines do not say it any more. */
export function textsOf(
  { rolloutId, kind, atMs, lines }: WordedEntry,
  told: ReadonlyMap<number, ToldLine>,
  quoting: Quoting,
): readonly string[] {
  const own = lines.map(({ place }) => told.get(place.offset)).filter((line) => line !== undefined)
  if (own.length === 0) return []
  const entry: Entry = {
    rolloutId,
    kind,
    atMs,
    ordinal: null,
    turnId: null,
    callId: null,
    nested: false,
    lines: [...lines],
  }
  return seenTexts(itemOf({ entry, turn: 0, abandoned: false }, own, quoting)).filter((text) => text !== '')
}
