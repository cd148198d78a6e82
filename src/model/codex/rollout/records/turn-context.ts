import { text } from '../../../attributes.ts'
import { isInherited } from '../inherited.ts'
import { part } from '../payload.ts'
import type { CopiedContext, RecordReader } from '../record.ts'

/** What a turn runs with. */
export const turnContext: RecordReader = {
  kind: 'turn_context',
  read: ({ payload, atMs }, state) => {
    const { threadId, rolloutId } = state
    const turnId = text(payload, 'turn_id') ?? state.turnId
    if (turnId === null) {
      state.unnamed = { model: text(payload, 'model'), effort: text(payload, 'effort') }
      return []
    }
    const context: CopiedContext = {
      turnId,
      model: text(payload, 'model'),
      effort: text(payload, 'effort'),
      approvalPolicy: text(payload, 'approval_policy'),
      sandboxPolicy: text(part(payload, 'sandbox_policy'), 'type'),
      folder: text(payload, 'cwd'),
    }
    if (!isInherited(turnId, threadId))
      return [{ fact: 'rollout_turn_context', sessionId: threadId, rolloutId, atMs, ...context }]
    state.copiedContext = context
    return []
  },
}
