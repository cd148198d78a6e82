import { text } from '../../../attributes.ts'
import { countOf } from '../../../counts.ts'
import { factsOfCopied } from '../copied.ts'
import { isInherited } from '../inherited.ts'
import { part } from '../payload.ts'
import type { RecordReader } from '../record.ts'

/** A turn begins. */
export const taskStarted: RecordReader = {
  kind: 'event_msg/task_started',
  read: ({ payload, atMs, ordinal }, state) => {
    const turnId = text(payload, 'turn_id')
    const parentTurnId = text(part(payload, 'turn_attribution'), 'parent_turn_id')
    // A reviewer's turn is written into the file that it reviews as well: a person's turns have no parent.
    if (state.kind === 'user' && parentTurnId !== null) return []
    // Nothing ended the turn that was copied last.
    const copied = state.copied === undefined ? [] : factsOfCopied(state, null)
    delete state.copied
    state.turnId = turnId
    state.isRecorded = false
    state.scriptCallId = null
    if (turnId === null || isInherited(turnId, state.threadId)) return copied
    return [
      ...copied,
      {
        fact: 'rollout_turn_start',
        sessionId: state.threadId,
        turnId,
        rolloutId: state.rolloutId,
        startMs: atMs,
        ordinal,
        traceId: text(payload, 'trace_id'),
        parentTurnId,
        contextWindow: countOf(payload, 'model_context_window'),
      },
    ]
  },
}
