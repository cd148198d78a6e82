import { keyOf, type Standing, type ToldLine } from '../entry.ts'
import type { ConversationItem, ItemKind } from '../item.ts'
import type { Quoting } from '../quote.ts'
import { toldOf, type ItemReader } from '../told.ts'
import { patch } from './patch.ts'
import { plan } from './plan.ts'
import { review } from './review.ts'
import { agent, tool } from './tool.ts'
import { ending, error, turn } from './turn.ts'
import { compaction, message, prompt, reasoning, reply } from './words.ts'

/** Where a thread comes from is told by its files, not by a line. */
type Read = Exclude<ItemKind, 'origin'>

const readers: { readonly [K in Read]: ItemReader<K> } = {
  turn,
  prompt,
  reply,
  reasoning,
  tool,
  patch,
  plan,
  agent,
  message,
  review,
  compaction,
  ending,
  error,
}

/** An entry with its words, by its lines. */
export function itemOf(standing: Standing, lines: readonly ToldLine[], quoting: Quoting): ConversationItem {
  const { entry, abandoned } = standing
  const { kind, atMs, turnId, callId } = entry
  const place = { key: keyOf(entry), atMs, turnId, callId, abandoned }
  const read = readers[kind as Read] as ItemReader<Read>
  return { ...place, kind, ...read(toldOf(standing, lines, quoting)) } as ConversationItem
}
