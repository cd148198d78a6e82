import { z } from 'zod'
import { wordsState } from './words.ts'

const count = z.number().int().nonnegative()

/** What is read of Codex's own session files; left out of the settings: nothing. */
export const historySettings = z.object({
  /** Off until the user says yes. */
  enabled: z.boolean(),
  /** Nothing is read for the moment; what was read stays. */
  paused: z.boolean(),
  /** Whether `$CODEX_HOME`, else `~/.codex`, is one of the homes. */
  ownHome: z.boolean().default(true),
  /** Other Codex homes: absolute paths, or below `~`. */
  homes: z.array(z.string().min(1).max(4096)).max(50),
  /** Whether archived sessions are read too; what was read of one before it was archived stays, and is followed. */
  archived: z.boolean().default(true),
  /** Whether an index of their words is kept, so that everything can be searched through. */
  words: z.boolean().default(false),
})
export type HistorySettings = z.infer<typeof historySettings>

export const noHistory: HistorySettings = {
  ...{ enabled: false, paused: false, ownHome: true, homes: [], archived: true, words: false },
}

const problem = z.object({ path: z.string(), words: z.string() })

export const historyScanParams = z.object({
  /** Instead of the homes of the settings. */
  homes: z.array(z.string().min(1).max(4096)).max(50).optional(),
  /** Codex's own home where somebody asks, in place of the one where the host runs; a switch of the settings leaves out either. */
  codexHome: z.string().min(1).max(4096).optional(),
})
export type HistoryScanParams = z.infer<typeof historyScanParams>

/** What a look at all files found. */
export const historyScanned = z.object({
  /** Session files that could be read. */
  files: count,
  sessions: count,
  /** As they lie on the disk. */
  bytes: count,
  seconds: z.number().nonnegative(),
  /** Files that could not be read, and lines that say nothing to Colophon. */
  skipped: count,
  /** The first files that could not be read, or not all of it, and why; left out where there are none. */
  problems: z.array(problem).optional(),
})
export type HistoryScanned = z.infer<typeof historyScanned>

export const historyHome = z.object({
  path: z.string(),
  files: count,
  bytes: count,
  /** When the oldest of its files was begun, by its name. */
  sinceMs: z.number().nullable(),
  /** Why it cannot be read; null: it can. */
  problem: z.string().nullable(),
})

export const historyProgress = z.object({
  files: count,
  filesDone: count,
  bytes: count,
  bytesDone: count,
  seconds: z.number().nonnegative(),
})
export type HistoryProgress = z.infer<typeof historyProgress>

export const historyStatus = historySettings.extend({
  /** As they lie there now, read or not. */
  found: z.array(historyHome),
  /** What has been read and not been forgotten. */
  read: z.object({ files: count, sessions: count, skipped: count }),
  /** null: nothing is being read. */
  progress: historyProgress.nullable(),
  /** The first files that could not be read, or only in part, and why. */
  problems: z.array(problem),
  /** null: no words are indexed. */
  index: wordsState.nullable(),
})
export type HistoryStatus = z.infer<typeof historyStatus>

export const historyForgotten = z.object({ files: count })
