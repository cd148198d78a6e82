import { LineCursor, type Payload } from './line-cursor.ts'
import {
  commandExecution,
  customToolCall,
  customToolCallOutput,
  functionCall,
  functionCallOutput,
} from './tool-lines.ts'
import { tokenCount, usageRecord } from './usage-lines.ts'

/** What each reads begins behind the brace of its payload. */
const readers = new Map<string, (line: LineCursor) => Payload | null>([
  ['token_usage_record', usageRecord],
  ['event_msg/token_count', tokenCount],
  ['response_item/function_call', functionCall],
  ['response_item/function_call_output', functionCallOutput],
  ['response_item/custom_tool_call', customToolCall],
  ['response_item/custom_tool_call_output', customToolCallOutput],
  ['event_msg/item_completed/CommandExecution', commandExecution],
])

/**
 * What is read of a line without parsing it, of kinds that are most of those that tell anything, and that Codex writes alike. null where it
 * is of another kind, or written or ended in any other way: it has to be parsed.
 */
export function unparsed(kind: string, line: string): Payload | null {
  const reader = readers.get(kind)
  if (reader === undefined) return null
  const cursor = new LineCursor(line)
  cursor.jumpBehind('"payload":{')
  return reader(cursor)
}
