import { z } from 'zod'

const id = z.string()
const text = z.string().nullable()
const whole = z.number().int()
const optional = whole.nullable()
const count = whole.nonnegative()

const file = { sessionId: id, rolloutId: id.describe('of the file that it stands in') }
const usage = {
  inputTokens: count,
  cachedTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  reasoningTokens: count,
}
const state = { atMs: whole, turnId: text }

/** Rows of the tables that session files are read into, by the tables' names behind `rollout_`. Times are Unix milliseconds. */
export const rolloutTables = {
  thread: z.object({
    ...file,
    ...{
      atMs: whole,
      kind: id,
      rootId: text,
      parentId: text,
      forkedFromId: text,
      baseRolloutId: text,
      baseOrdinal: optional,
    },
    ...{
      agentPath: text,
      originator: text,
      version: text,
      provider: text,
      folder: text,
      branch: text,
      gitCommit: text,
    },
    ...{ repository: text, user: text },
  }),
  turn: z.object({
    ...file,
    turnId: id,
    ...{
      startMs: optional,
      startOrdinal: optional,
      traceId: text,
      parentTurnId: text,
      contextWindow: optional,
      contextMs: optional,
    },
    ...{ model: text, effort: text, approvalPolicy: text, sandboxPolicy: text, folder: text },
    ...{ endMs: optional, state: text, durationMs: optional, ttftMs: optional, error: text },
  }),
  call: z.object({ ...file, responseId: id, ...state, ...usage }),
  /** Its model is not in exports of before files of 2025 were read for it. */
  step: z.object({ ...file, offset: count, ...state, model: text.default(null), effort: text.default(null), ...usage }),
  compaction: z.object({ ...file, ...state, responseId: text, startMs: optional, endMs: optional }),
  error: z.object({ ...file, offset: count, bytes: count, ...state, error: text }),
  prompt: z.object({ ...file, offset: count, bytes: count, ...state, length: count }),
  tool: z.object({
    ...file,
    callId: id,
    ...{ calledMs: optional, calledTurnId: text, calledTool: text, namespace: text, argumentsLength: optional },
    ...{ saidMs: optional, saidTurnId: text, saidState: text, saidExitCode: optional, saidLength: optional },
    ...{ itemMs: optional, itemTurnId: text, itemTool: text, mcpServer: text, source: text, itemStartMs: optional },
    ...{
      itemEndMs: optional,
      runMs: z.number().nullable(),
      itemState: text,
      itemExitCode: optional,
      itemLength: optional,
    },
    ...{ scriptCallId: text, filesChanged: optional, linesAdded: optional, linesRemoved: optional },
  }),
  change: z.object({ ...file, callId: id, pathHash: count }),
  spawn: z.object({ ...file, parentId: id, callId: id, atMs: whole, agentPath: text }),
}

export type RolloutTable = keyof typeof rolloutTables

/** A file, and the words that its session is known by where no record of the telemetry has them. */
const rolloutFile = z.object({ ...file, title: text })

export const rollouts = z.object({
  files: z.array(rolloutFile),
  ...(Object.fromEntries(Object.entries(rolloutTables).map(([name, row]) => [name, z.array(row)])) as {
    [K in RolloutTable]: z.ZodArray<(typeof rolloutTables)[K]>
  }),
  /** Not in exports of before paths had hashes. */
  change: z.array(rolloutTables.change).default([]),
})

export type Rollouts = z.infer<typeof rollouts>
export type RolloutRow = Readonly<Record<string, string | number | null>>

export const rolloutTableNames = Object.keys(rolloutTables) as readonly RolloutTable[]

/** `calledTurnId` → `called_turn_id` */
export function columnOf(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

export function membersOf(table: RolloutTable): readonly string[] {
  return Object.keys(rolloutTables[table].shape)
}
