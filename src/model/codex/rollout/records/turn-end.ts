import { text, type Attributes } from '../../../attributes.ts'
import { countOf } from '../../../counts.ts'
import type { RolloutTurnState } from '../facts.ts'
import { isInherited } from '../inherited.ts'
import { part } from '../payload.ts'
import type { RecordReader } from '../record.ts'

/** A failed turn is complete, too: with an error. */
export const taskComplete = endOf('event_msg/task_complete', (payload) =>
  Object.keys(part(payload, 'error')).length > 0 ? 'failed' : 'completed',
)

/** Escape, Ctrl-C, an approval that was cancelled. A killed process leaves neither line. */
export const turnAborted = endOf('event_msg/turn_aborted', () => 'interrupted')

function endOf(kind: string, stateOf: (payload: Attributes) => RolloutTurnState): RecordReader {
  return {
    kind,
    read: ({ payload, atMs }, { threadId, rolloutId, turnId: current }) => {
      const turnId = text(payload, 'turn_id') ?? current
      // A sub-agent that inherits its parent's turns has a copy that aborts the one that runs.
      if (turnId === null || isInherited(turnId, threadId)) return []
      return [
        {
          fact: 'rollout_turn_end',
          sessionId: threadId,
          turnId,
          rolloutId,
          endMs: atMs,
          state: stateOf(payload),
          durationMs: countOf(payload, 'duration_ms'),
          ttftMs: countOf(payload, 'time_to_first_token_ms'),
          error: errorClass(part(payload, 'error')),
        },
      ]
    },
  }
}

/** `codex_error_info` is a word, or an object with the word as its one key. */
export function errorClass(error: Attributes): string | null {
  return text(error, 'codex_error_info') ?? Object.keys(part(error, 'codex_error_info'))[0] ?? null
}
