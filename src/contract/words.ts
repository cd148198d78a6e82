import { z } from 'zod'
import { itemKinds } from '../model/codex/conversation/item.ts'
import { called } from '../model/session/name.ts'

const count = z.number().int().nonnegative()
const kind = z.enum(itemKinds)

export const wordsParams = z.object({
  /** All of them have to occur in one entry, the last one perhaps half typed; in quotes, or with signs between, as they are written. */
  words: z.string().max(500),
  /** Kinds of entries of a conversation; left out: any. */
  kinds: z.array(kind).max(20).optional(),
  sessionId: z.string().optional(),
  fromMs: z.number().optional(),
  toMs: z.number().optional(),
  limit: count.min(1).max(200).default(50),
  /** Goes on behind an answer: its `before`. */
  before: z.number().int().optional(),
})

export const wordHit = z.object({
  sessionId: z.string(),
  ...called.shape,
  /** Of the entry in the session's conversation. */
  key: z.string(),
  kind,
  atMs: z.number(),
  /** Codex's file that holds it. */
  path: z.string(),
  /** Why its words cannot be read: the index alone knows that they were there. */
  problem: z.enum(['gone', 'unreadable']).nullable(),
  /** A line of it, read from the file, and where the words stand in it: pairs of begin and end, in UTF-16 units. */
  snippet: z.object({ text: z.string(), marks: z.array(z.tuple([count, count])) }).nullable(),
})

export const foundWords = z.object({
  /** off: the user has not said yes to the index. reading: it is not complete yet. */
  state: z.enum(['off', 'reading', 'ready']),
  /** The newest first. */
  hits: z.array(wordHit),
  /** There may be more, which are asked for by this. */
  before: z.number().int().nullable(),
})

/** The index of words, as far as it is. */
export const wordsState = z.object({
  files: count,
  filesDone: count,
  /** Of the texts that it covers. */
  textBytes: count,
  /** On the disk. */
  bytes: count,
})

export type WordsParams = z.output<typeof wordsParams>
export type WordHit = z.infer<typeof wordHit>
export type FoundWords = z.infer<typeof foundWords>
export type WordsState = z.infer<typeof wordsState>
