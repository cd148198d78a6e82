import { text } from '../../../attributes.ts'
import { answerOfCopied } from '../copied.ts'
import { isInherited } from '../inherited.ts'
import { part } from '../payload.ts'
import type { RecordReader } from '../record.ts'
import { usageOf } from '../usage.ts'

/** One answer of the model, compactions included. A copy in a fork's file still names the turn and the thread that paid for it. */
export const tokenUsageRecord: RecordReader = {
  kind: 'token_usage_record',
  read: ({ payload, atMs }, state) => {
    const [sessionId, responseId] = [text(payload, 'thread_id'), text(payload, 'response_id')]
    if (sessionId === null || responseId === null) return []
    const turnId = text(payload, 'turn_id')
    const usage = usageOf(part(payload, 'usage'))
    if (sessionId === state.threadId) {
      state.isRecorded = true
      return [{ fact: 'rollout_call', sessionId, responseId, turnId, atMs, usage }]
    }
    if (turnId === null || !isInherited(turnId, state.threadId)) return []
    return answerOfCopied(state, { turnId, threadId: sessionId, isRecorded: true }, { responseId, usage })
  },
}
