import { plausibleMs } from '../payload.ts'
import type { RecordReader } from '../record.ts'
import { ownItem } from './own-item.ts'

/** It follows the line of its compaction, which stands within its time. */
export const compactionItem: RecordReader = {
  kind: 'event_msg/item_completed/ContextCompaction',
  read: (line, state) => {
    const startMs = plausibleMs(line.payload.started_at_ms)
    const endMs = plausibleMs(line.payload.completed_at_ms)
    if (ownItem(line, state) === undefined || startMs === null || endMs === null) return []
    return [{ fact: 'rollout_compaction_time', sessionId: state.threadId, startMs, endMs }]
  },
}
