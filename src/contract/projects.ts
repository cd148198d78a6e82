import { z } from 'zod'
import { filters } from '../model/panels/filters.ts'
import { tokens } from '../model/session/summary.ts'
import { momentMs } from './panels.ts'

const count = z.number().int().nonnegative()

export const changes = z.object({
  /** By patches, as Codex's files tell; a file that three patches changed is one. */
  filesChanged: count,
  linesAdded: count,
  linesRemoved: count,
})

export const projectListParams = z.object({ fromMs: momentMs, toMs: momentMs, filters: filters.prefault({}) })

export const project = z.object({
  /** Of a repository, by its remote's address without credentials; else the folder; null where neither is known. */
  name: z.string().nullable(),
  isRepository: z.boolean(),
  /** Those that its sessions began on, the latest first. */
  branches: z.array(z.string()),
  /** Where its sessions worked. */
  folders: z.array(z.string()),
  /** Sessions that no other one started. */
  sessions: count,
  helpers: count,
  startedAtMs: z.number(),
  lastSeenAtMs: z.number(),
  /** Time inside turns of the sessions, helpers not counted: they work while their session does. */
  busyMs: z.number(),
  tokens,
  costUsd: z.number().nullable(),
  unpricedCalls: count,
  apiCalls: count,
  toolCalls: count,
  errors: count,
  /** As `changes`; null where no file tells. */
  filesChanged: count.nullable(),
  linesAdded: count.nullable(),
  linesRemoved: count.nullable(),
})

/** Latest first. */
export const projectListResult = z.object({ projects: z.array(project) })

export const commitsResult = z.object({
  /** read: here they are. The others say why nothing was read. */
  state: z.enum(['read', 'no_folder', 'no_repository', 'no_git', 'too_slow', 'failed']),
  /** Git's own words, where it failed. */
  words: z.string().nullable(),
  /** Made in the session's folder while it ran, whoever made them; the first one first. */
  commits: z.array(z.object({ hash: z.string(), atMs: z.number(), author: z.string(), subject: z.string() })),
})

export type Changes = z.infer<typeof changes>
export type Project = z.infer<typeof project>
export type Commits = z.infer<typeof commitsResult>
