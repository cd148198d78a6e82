import { z } from 'zod'

const count = z.number().int().nonnegative()

/** How long what is stored is kept. null: without end. */
export const retention = z.object({
  /** Raw records: request bodies as received, and their index. */
  rawDays: z.number().int().min(1).max(36_500).nullable(),
  /** While the database holds more than this, the oldest raw records go. */
  rawBytes: z.number().int().min(16_777_216).nullable(),
  /** Facts: sessions, calls, sums. They outlive the raw records that they came from, never the other way round. */
  factsDays: z.number().int().min(1).max(36_500).nullable(),
})

export const storeJobKinds = ['prune', 'compact', 'rebuild', 'backup', 'delete', 'remove'] as const

export const storeJob = z.object({
  kind: z.enum(storeJobKinds),
  startedAtMs: z.number(),
  done: count,
  /** null: not known before its end. */
  total: count.nullable(),
  /** What is counted, in the plural. */
  unit: z.string(),
})

export const storeState = z.object({
  /** One at a time, in short steps between the requests that are stored; others wait for their turn. */
  job: storeJob.nullable(),
  /** How the last one ended, since the start of this process. */
  last: z
    .object({ kind: z.enum(storeJobKinds), endedAtMs: z.number(), words: z.string(), failed: z.boolean() })
    .nullable(),
  /** Of the database; its file follows a moment later. */
  fileBytes: count,
  /** Of the file: pages that hold nothing, used again before it grows. */
  freeBytes: count,
  /** `whole`: the file was made by an earlier version and must once be written anew, during which nothing is acknowledged. */
  compaction: z.enum(['steps', 'whole']),
  oldestRawMs: z.number().nullable(),
  /** What the settings for retention would take away now. */
  due: z.object({ bodies: count, sessions: count, overBytes: count }),
})

export const compactParams = z.object({
  /** Agrees that the file is written anew at once, where it cannot be compacted in steps. */
  whole: z.boolean().default(false),
})

/** A file that does not exist yet, on the machine that Colophon runs on. */
export const backupParams = z.object({ path: z.string().min(1).max(4096) })

export const deleteAllWord = 'delete everything'

export const deleteAllParams = z.object({ word: z.literal(deleteAllWord) })

export type Retention = z.infer<typeof retention>
export type StoreState = z.infer<typeof storeState>
export type StoreJob = z.infer<typeof storeJob>

/** A session that was deleted with its helpers: what arrives of them later is refused. */
export const removedSession = z.object({
  id: z.string(),
  atMs: z.number(),
  helpers: count,
  /** Records, and entries of session files, that were refused since. */
  refused: count,
  lastRefusedMs: z.number().nullable(),
})
export type RemovedSession = z.infer<typeof removedSession>
