import type { RolloutToolState } from './facts.ts'

/** What the lines of one call say of its times: of the model's call, of what it was told, and of what ran. null: no such line, or no such word. */
export interface CallTimes {
  readonly calledMs: number | null
  readonly saidMs: number | null
  readonly saidState: RolloutToolState | null
  readonly itemMs: number | null
  readonly itemState: RolloutToolState | null
  readonly startMs: number | null
  readonly endMs: number | null
  /** Of the process alone. */
  readonly runMs: number | null
}

/**
 * When a call began and ended. Its line is written when the model asks for it, as the telemetry's span begins; the item's start leaves
 * out what its process took to begin. Lines of parallel calls are written when the last of them ends: the item knows better when this
 * one did. A command that was broken off may go on by itself, but its call was over when the model was told so.
 */
export function callSpan(times: CallTimes): { readonly startMs: number; readonly endMs: number | null } {
  const { calledMs, saidMs, saidState, itemMs, startMs, endMs } = times
  const start = calledMs ?? startMs ?? itemMs ?? saidMs ?? 0
  const end = saidState === 'aborted' ? saidMs : (endMs ?? saidMs ?? itemMs)
  return { startMs: start, endMs: end === null ? null : Math.max(start, end) }
}

/** So much passes around a process without a question, and so much too long a wait may be told. */
const noQuestionMs = 60

/**
 * From when until when an answer was waited for, or null where the file tells of no question. The item of a command that is asked about
 * begins before the question, so what is not its process was waited for; what was declined never ran at all. A call that was broken off
 * without an item may have waited or run: nothing tells.
 */
export function approvalWait(times: CallTimes): { readonly startMs: number; readonly endMs: number } | null {
  const { calledMs, saidMs, saidState, itemState, startMs, endMs, runMs } = times
  if (startMs !== null && endMs !== null) {
    if (itemState === 'declined') return { startMs, endMs }
    const waited = runMs === null ? 0 : endMs - startMs - runMs
    return waited > noQuestionMs ? { startMs, endMs: startMs + waited } : null
  }
  if (saidState !== 'declined' || calledMs === null || saidMs === null) return null
  return { startMs: calledMs, endMs: saidMs }
}
