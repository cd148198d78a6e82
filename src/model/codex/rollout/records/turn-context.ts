import { text } from '../../../attributes.ts'
import { isInherited } from '../inherited.ts'
import { part } from '../payload.ts'
import type { RecordReader } from '../record.ts'

/** What a turn runs with. */
export const turnContext: RecordReader = {
  kind: 'turn_context',
  read: ({ payload, atMs }, { threadId, rolloutId, turnId: current }) => {
    const turnId = text(payload, 'turn_id') ?? current
    if (turnId === null || isInherited(turnId, threadId)) return []
    return [
      {
        fact: 'rollout_turn_context',
        sessionId: threadId,
        turnId,
        rolloutId,
        atMs,
        model: text(payload, 'model'),
        effort: text(payload, 'effort'),
        approvalPolicy: text(payload, 'approval_policy'),
        sandboxPolicy: text(part(payload, 'sandbox_policy'), 'type'),
        folder: text(payload, 'cwd'),
      },
    ]
  },
}
