import { text } from '../../../attributes.ts'
import { isInherited } from '../inherited.ts'
import type { RecordReader } from '../record.ts'
import { errorClass } from './turn-end.ts'

/** What Codex told the person that went wrong, whether the turn went on or not. */
export const error: RecordReader = {
  kind: 'event_msg/error',
  read: ({ payload, atMs, place }, { threadId, rolloutId, turnId: current }) => {
    const turnId = text(payload, 'turn_id') ?? current
    if (isInherited(turnId, threadId)) return []
    return [{ fact: 'rollout_error', sessionId: threadId, turnId, rolloutId, atMs, error: errorClass(payload), place }]
  },
}
