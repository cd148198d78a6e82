import type { RecordReader } from '../record.ts'
import { compacted } from './compacted.ts'
import { compactionItem } from './compaction-item.ts'
import { error } from './error.ts'
import { userMessage, userMessageItem } from './prompt.ts'
import { sessionMeta } from './session-meta.ts'
import { subAgentActivity } from './sub-agent-activity.ts'
import { taskStarted } from './task-started.ts'
import { tokenCount } from './token-count.ts'
import { tokenUsageRecord } from './token-usage-record.ts'
import { customToolCall, customToolCallOutput, functionCall, functionCallOutput } from './tool-call.ts'
import { commandExecution, fileChange, mcpToolCall, mcpToolCallEnd, patchApplyEnd } from './tool-item.ts'
import { turnContext } from './turn-context.ts'
import { taskComplete, turnAborted } from './turn-end.ts'
import { worldStatePatch } from './world-state.ts'

const readers = new Map<string, RecordReader>(
  [
    sessionMeta,
    taskStarted,
    turnContext,
    taskComplete,
    turnAborted,
    tokenUsageRecord,
    tokenCount,
    compacted,
    compactionItem,
    error,
    userMessageItem,
    userMessage,
    functionCall,
    customToolCall,
    functionCallOutput,
    customToolCallOutput,
    commandExecution,
    fileChange,
    mcpToolCall,
    patchApplyEnd,
    mcpToolCallEnd,
    subAgentActivity,
    worldStatePatch,
  ].map((reader) => [reader.kind, reader]),
)

/** Lines that hold words or the model's context, and no figure: most of the bytes of a file. They are never parsed for facts. */
const passedOver = new Set([
  'world_state',
  'response_item/message',
  'response_item/reasoning',
  'response_item/agent_message',
  'response_item/additional_tools',
  'response_item/web_search_call',
  'inter_agent_communication_metadata',
  'inter_agent_communication',
  'dynamic_tools_updated',
  'security_risk_score',
  'realtime_item',
  'event_msg/thread_settings_applied',
  'event_msg/agent_message',
  'event_msg/agent_reasoning',
  'event_msg/context_compacted',
  ...['AgentMessage', 'Reasoning', 'CollabAgentToolCall', 'ImageView', 'WebSearch', 'Plan'].map(itemKind),
  ...['EnteredReviewMode', 'ExitedReviewMode'].map(itemKind),
])

function itemKind(type: string): string {
  return `event_msg/item_completed/${type}`
}

export function readerOf(kind: string): RecordReader | undefined {
  return readers.get(kind)
}

/** Whether Colophon has met the kind of line; what it has not is passed over and counted. */
export function isKnownKind(kind: string): boolean {
  return readers.has(kind) || passedOver.has(kind)
}
