import { z } from 'zod'
import { conversationItem } from '../model/codex/conversation/item.ts'

const count = z.number().int().nonnegative()

/** What somebody looks for in a transcript: an entry, else a tool call, else what was said in a turn from a moment on. */
export const sought = z.object({
  key: z.string().max(200).nullable().default(null),
  callId: z.string().max(1000).nullable().default(null),
  turnId: z.string().max(1000).nullable().default(null),
  timeMs: z.number().nullable().default(null),
})

export const conversationParams = z.object({
  id: z.string(),
  offset: count.default(0),
  limit: count.max(200).default(100),
  /** Its position is told beside the items. */
  sought: sought.optional(),
})

export const conversationFile = z.object({
  path: z.string(),
  /** gone: Codex's file is no longer where it was. null: it was read. */
  problem: z.enum(['gone', 'unreadable']).nullable(),
  /** The system's words for it. */
  why: z.string(),
})

export const conversationResult = z.object({
  /** Codex's files that hold the session; none where no file of it has been found. */
  files: z.array(conversationFile),
  /** An import brought it; the files of the session are not here. */
  imported: z.boolean(),
  /** Items of the whole session. */
  total: count,
  offset: count,
  items: z.array(conversationItem),
  /** Where what was sought stands; null where it does not, or nothing was sought. */
  position: count.nullable(),
})

export const conversationTextParams = z.object({
  id: z.string(),
  /** Of the item. */
  key: z.string().max(200),
  /** Of the text in it. */
  part: z.string().max(100),
})

/** The whole of a text that an item begins, or the data URL of an image; null where the file no longer holds it. */
export const conversationTextResult = z.object({ text: z.string().nullable() })

export const conversationFindParams = z.object({ id: z.string(), words: z.string().min(1).max(500) })

export const conversationFindResult = z.object({
  /** Positions of the items in which the words occur, case ignored; the first ten thousand. */
  positions: z.array(count),
})

export type ConversationResult = z.infer<typeof conversationResult>
export type ConversationFile = z.infer<typeof conversationFile>
