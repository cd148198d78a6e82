import { text } from '../../../attributes.ts'
import { part } from '../payload.ts'
import type { RecordReader } from '../record.ts'
import { ownItem } from './own-item.ts'

/** Which call began which thread: the item's id is the call's. */
export const subAgentActivity: RecordReader = {
  kind: 'event_msg/item_completed/SubAgentActivity',
  read: (line, state) => {
    const item = part(line.payload, 'item')
    const [sessionId, callId] = [text(item, 'agent_thread_id'), text(item, 'id')]
    if (ownItem(line, state) === undefined || text(item, 'kind') !== 'started' || sessionId === null || callId === null)
      return []
    return [
      {
        fact: 'rollout_spawn',
        sessionId,
        parentId: state.threadId,
        callId,
        atMs: line.atMs,
        agentPath: text(item, 'agent_path'),
      },
    ]
  },
}
