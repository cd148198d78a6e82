import { z } from 'zod'

/**
 * Where a moment of a session can go. Every moment goes to one of them, so that they add up to the wall time.
 *
 * The order is the priority when several things happen at once. While the machine is away, nothing else can go on. Then what gets work done, because it would have taken its time
 * anyway: a tool that really runs, then its first run that the sandbox broke off, then the model. A moment counts as waiting only
 * while nothing else goes on, so a share of waiting says how much sooner the session would have been over without it. The reviewer
 * stands before the user: while both think, an answer of the user alone would not have helped. A hook counts
 * while neither a tool nor the model is at work. What a session file says that the model
 * took at most comes last: whatever is known better goes before it.
 */
export const shareKind = z.enum([
  'away',
  'tool_run',
  'sandbox_retry',
  'model_stream',
  'model_wait',
  'hook',
  'retry',
  'wait_reviewer',
  'wait_user',
  'model',
  'startup',
  'unaccounted',
  'between_turns',
])

export type ShareKind = z.infer<typeof shareKind>

export const shareKinds: readonly ShareKind[] = shareKind.options

/** Times are whole nanoseconds, so that sums are exact. `end` is not part of the stretch. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

export interface Interval extends Stretch {
  readonly kind: ShareKind
}

/** What a row says that a stretch of time went to; several may say so of the same moment. */
export interface Claim extends Interval {
  /** null: no row, but the session itself. */
  readonly rowId: string | null
}
