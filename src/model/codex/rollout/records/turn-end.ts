import { text, type Attributes } from '../../../attributes.ts'
import { countOf } from '../../../counts.ts'
import type { RolloutTurnState } from '../facts.ts'
import { factsOfCopied } from '../copied.ts'
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
    read: ({ payload, atMs }, lines) => {
      const { threadId, rolloutId } = lines
      const turnId = text(payload, 'turn_id') ?? lines.turnId
      if (turnId === null) return []
      const end = {
        state: stateOf(payload),
        durationMs: countOf(payload, 'duration_ms'),
        ttftMs: countOf(payload, 'time_to_first_token_ms'),
        error: errorClass(part(payload, 'error')),
      }
      if (!isInherited(turnId, threadId))
        return [{ fact: 'rollout_turn_end', sessionId: threadId, turnId, rolloutId, endMs: atMs, ...end }]
      // A sub-agent that inherits its parent's turns has a copy that aborts the one that runs, and no answer of it.
      const told = lines.copied?.turnId === turnId ? factsOfCopied(lines, end) : []
      if (told.length > 0) delete lines.copied
      return told
    },
  }
}

/** `codex_error_info` is a word, or an object with the word as its one key. */
export function errorClass(error: Attributes): string | null {
  return text(error, 'codex_error_info') ?? Object.keys(part(error, 'codex_error_info'))[0] ?? null
}
