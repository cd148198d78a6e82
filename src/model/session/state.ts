import type { SessionState } from './summary.ts'

/** Longer than any pause between records of a Codex that is at work, but for long commands and long thoughts. */
export const defaultSilenceMs = 60_000

/**
 * The state that a session is shown in. Only what is settled and the time since its last record count, so that the
 * same records give the same state: a session that was thought lost and speaks again is live again.
 */
export function stateOf(endState: string, lastSeenMs: number, nowMs: number, silenceMs: number): SessionState {
  if (endState === 'unknown') return 'unknown'
  const isSilent = nowMs - lastSeenMs > silenceMs
  if (endState === 'open') return isSilent ? 'lost' : 'live'
  // Its last turn has no end of its own, and the process is over.
  if (endState === 'unfinished') return 'lost'
  if (endState === 'interrupted' || endState === 'failed') return endState
  if (endState === 'idle') return isSilent ? 'done' : 'live'
  return 'done'
}
