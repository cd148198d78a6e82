import { text } from '../../../attributes.ts'
import { isInherited } from '../inherited.ts'
import type { RecordReader } from '../record.ts'

/** The context was summed up. The record of usage that stands in it is a copy. */
export const compacted: RecordReader = {
  kind: 'compacted',
  read: ({ payload, atMs }, { threadId, rolloutId, turnId }) => {
    if (isInherited(turnId, threadId)) return []
    return [
      {
        fact: 'rollout_compaction',
        sessionId: threadId,
        turnId,
        rolloutId,
        atMs,
        responseId: text(payload, 'compaction_response_id'),
      },
    ]
  },
}
