import { text } from '../../../attributes.ts'
import { isInherited } from '../inherited.ts'
import type { RolloutLine, RolloutState } from '../record.ts'

/**
 * The turn that an item belongs to; undefined where it is not this thread's: a reviewer's items stand in its parent's file as well,
 * and a fork's file may hold copies.
 */
export function ownItem({ payload }: RolloutLine, state: RolloutState): string | null | undefined {
  const thread = text(payload, 'thread_id')
  if (thread !== null && thread !== state.threadId) return undefined
  const turnId = text(payload, 'turn_id') ?? state.turnId
  return isInherited(turnId, state.threadId) ? undefined : turnId
}
