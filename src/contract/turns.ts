import { z } from 'zod'
import { rowStatus } from '../model/tree/row.ts'
import { changes } from './projects.ts'
import { field } from './tree.ts'

const count = z.number().int().nonnegative()

/** What raw record an entry comes from: a span (`span.get`), or a log (`record.get`). */
export const recordRef = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('span'), traceId: z.string(), spanId: z.string() }),
  z.object({ kind: z.literal('log'), sessionId: z.string(), timeNs: z.string(), event: z.string() }),
])

export const turnEntryKind = z.enum([
  'prompt',
  'api_call',
  'tool_call',
  'decision',
  'error',
  'compaction',
  'response',
  'helper',
])

export const turnEntry = z.object({
  kind: turnEntryKind,
  timeMs: z.number(),
  /** null: it has none, has not ended, or its end is not known. */
  durationMs: z.number().nonnegative().nullable(),
  /** So long at most: only a session file tells of it, which does not say when it began. */
  atMost: z.boolean(),
  title: z.string(),
  /** One line, or the whole text of a prompt and of an agent's response. May be empty. */
  summary: z.string(),
  figures: z.array(field),
  status: rowStatus,
  /** How deep below the turn's own calls: a call that a script made is 1. */
  depth: count,
  /** The row of `session.tree` that it is or belongs to. */
  rowId: z.string().nullable(),
  ref: recordRef.nullable(),
})

export const sessionTurn = z.object({
  number: count,
  turnId: z.string().nullable(),
  rowId: z.string(),
  startMs: z.number(),
  durationMs: z.number().nonnegative().nullable(),
  status: rowStatus,
  /** How it ended where that was not well, and whether it was taken back; may be empty. */
  note: z.string(),
  /** What its patches changed; left out where it has none, or no file tells. */
  changes: changes.optional(),
  entries: z.array(turnEntry),
})

export const turnsResult = z.object({ turns: z.array(sessionTurn) })

export type RecordRef = z.infer<typeof recordRef>
export type TurnEntry = z.infer<typeof turnEntry>
export type SessionTurn = z.infer<typeof sessionTurn>
