import { z } from 'zod'
import { byUser } from './by-user.ts'
import { witness } from './witness.ts'

/** Who started the session: a person, or Codex on its own (a helper). app: an application other than Codex. */
export const sessionKind = z.enum(['user', 'subagent', 'title', 'guardian', 'review', 'app'])

/**
 * live: something is under way and was heard of lately. done: its last turn ended. interrupted: its last turn
 * was stopped by the user. failed: it ended with an error. lost: a turn is open, and nothing has been heard for longer than the silence allows.
 * unknown: none of its records was understood, so that its zeros mean nothing.
 */
export const sessionState = z.enum(['live', 'done', 'interrupted', 'failed', 'lost', 'unknown'])

const count = z.number().int().nonnegative()
const text = z.string().nullable()

/** Token sums. `input` includes cached, `output` includes reasoning, as the Responses API counts them. */
export const tokens = z.object({
  input: count,
  cached: count,
  cacheWrite: count,
  output: count,
  reasoning: count,
})

export const sessionSummary = z.object({
  id: z.string(),
  kind: sessionKind,
  parentId: text,
  state: sessionState,
  /** First words of the first prompt; null when the prompt is redacted or has not arrived. */
  title: text,
  startedAtMs: z.number(),
  /** The latest moment that any record of the session speaks of. */
  lastSeenAtMs: z.number(),
  wallMs: z.number().nonnegative(),
  /** Time inside turns: the wall time without the pauses between a turn's end and the next prompt. */
  busyMs: z.number().nonnegative(),
  /** Models of the completed responses. */
  models: z.array(z.string()),
  /** The model of the latest response, else the one that the session started with. */
  model: text,
  effort: text,
  prompts: count,
  turns: count,
  /** Completed model responses. Failed ones are in `failedApiCalls` only. */
  apiCalls: count,
  failedApiCalls: count,
  /** HTTP or websocket requests beyond the first of their response. */
  retries: count,
  /** Finished tool calls: direct ones and those nested in code mode. Code mode's own wrapper is in `wrapperCalls`. */
  toolCalls: count,
  failedToolCalls: count,
  wrapperCalls: count,
  /** Commands that ran and ended with an exit code other than 0. */
  nonZeroExits: count,
  cancelledToolCalls: count,
  /** Failed responses, refused requests, failed tool calls and failed code-mode scripts. */
  errors: count,
  tokens,
  /** API-equivalent estimate of the priced calls, in US dollars; null when none could be priced. */
  costUsd: z.number().nullable(),
  /** Completed responses of a model or tier without a known price: they are not in `costUsd`. */
  unpricedCalls: count,
  /** Of these, calls of which nothing says what they used. */
  unreportedCalls: count,
  /** What the application itself reckons for its calls; null where it says nothing. */
  reportedCostUsd: z.number().nullable(),
  user: text,
  /** Of the machine it ran on, as the resource of Codex's logs says it. */
  host: text,
  originator: text,
  terminal: text,
  environment: text,
  appVersion: text,
  service: text,
  folder: text,
  /** Of the repository that the session began in, as its file says: `github.com/acme/shop`; null where it says none. */
  repository: text,
  branch: text,
  /** What was checked out then. */
  commit: text,
  approvalPolicy: text,
  sandboxPolicy: text,
  sample: z.boolean(),
  byUser,
  /** Who tells of the session. */
  witness,
  /** How many things one of both witnesses should have and does not; 0 while it is live. */
  differences: count,
})

export type SessionKind = z.infer<typeof sessionKind>
export type SessionState = z.infer<typeof sessionState>
export type Tokens = z.infer<typeof tokens>
export type SessionSummary = z.infer<typeof sessionSummary>
