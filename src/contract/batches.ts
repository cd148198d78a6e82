import { z } from 'zod'
import { filters } from '../model/panels/filters.ts'
import { sessionState, sessionSummary, tokens } from '../model/session/summary.ts'
import { momentMs } from './panels.ts'
import { called } from '../model/session/name.ts'

const count = z.number().int().nonnegative()
const text = z.string().nullable()

/** What sessions are grouped by: who started them and as what (originator, environment and batch), whose they are, or the machine. */
export const batchBy = z.enum(['batch', 'user', 'host'])

/** What the members of a group have in common; null where they do not say, and what they are not grouped by. */
export const batchKey = z.object({ originator: text, environment: text, batch: text, user: text, host: text })

/** The same in a question, which names what it groups by alone. */
const askedKey = Object.fromEntries(Object.keys(batchKey.shape).map((part) => [part, text.default(null)])) as Readonly<
  Record<keyof typeof batchKey.shape, z.ZodDefault<typeof text>>
>

const figures = {
  /** Sub-agents, reviewers and title threads below the members; the figures count them. */
  helpers: count,
  tokens,
  /** null where nothing could be priced. */
  costUsd: z.number().nullable(),
  unpricedCalls: count,
  apiCalls: count,
  toolCalls: count,
  errors: count,
}

export const batchListParams = z.object({
  ...{ fromMs: momentMs, toMs: momentMs, filters: filters.prefault({}) },
  by: batchBy.default('batch'),
})

export const batchGroup = batchKey.extend({
  ...figures,
  /** Members: sessions that no other one started. */
  sessions: count,
  states: z.record(sessionState, count),
  startedAtMs: z.number(),
  lastSeenAtMs: z.number(),
  /** From the first record of any member to the last. */
  wallMs: z.number(),
  /** Time that the members have worked, added up: more than the wall where they ran side by side. */
  busyMs: z.number(),
  longest: z.object({ id: z.string(), ...called.shape, busyMs: z.number() }),
})

/** Latest first. */
export const batchListResult = z.object({ batches: z.array(batchGroup) })

export const batchMembersParams = batchListParams.extend(askedKey)

export const batchMember = z.object({ session: sessionSummary, ...figures })

/** Longest first. */
export const batchMembersResult = z.object({ members: z.array(batchMember) })

export type BatchBy = z.infer<typeof batchBy>
export type BatchKey = z.infer<typeof batchKey>
export type BatchGroup = z.infer<typeof batchGroup>
export type BatchMember = z.infer<typeof batchMember>
