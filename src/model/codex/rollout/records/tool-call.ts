import { text } from '../../../attributes.ts'
import { isInherited } from '../inherited.ts'
import { part } from '../payload.ts'
import type { RecordReader } from '../record.ts'
import { toolWords } from '../tool-words.ts'

/** The tool of code mode: its calls hold scripts, whose own calls are items without a line like this. */
const scriptTool = 'exec'

export const functionCall = callOf('response_item/function_call', 'arguments')
export const customToolCall = callOf('response_item/custom_tool_call', 'input')
export const functionCallOutput = outputOf('response_item/function_call_output')
export const customToolCallOutput = outputOf('response_item/custom_tool_call_output')

function callOf(kind: string, argumentsKey: string): RecordReader {
  return {
    kind,
    read: ({ payload, atMs, place }, state) => {
      const callId = text(payload, 'call_id')
      const turnId = turnOf(payload, state.turnId)
      if (callId === null || isInherited(turnId, state.threadId)) return []
      const tool = text(payload, 'name')
      if (kind.endsWith('custom_tool_call') && tool === scriptTool) state.scriptCallId = callId
      return [
        {
          fact: 'rollout_tool_call',
          sessionId: state.threadId,
          callId,
          turnId,
          rolloutId: state.rolloutId,
          atMs,
          tool,
          namespace: text(payload, 'namespace'),
          argumentsLength: (text(payload, argumentsKey) ?? '').length,
          place,
        },
      ]
    },
  }
}

function outputOf(kind: string): RecordReader {
  return {
    kind,
    read: ({ payload, atMs, place }, state) => {
      const callId = text(payload, 'call_id')
      const turnId = turnOf(payload, state.turnId)
      if (callId === null || isInherited(turnId, state.threadId)) return []
      if (state.scriptCallId === callId) state.scriptCallId = null
      const { length, ...words } = toolWords(payload)
      return [
        {
          fact: 'rollout_tool_output',
          sessionId: state.threadId,
          callId,
          turnId,
          rolloutId: state.rolloutId,
          atMs,
          ...words,
          outputLength: length,
          place,
        },
      ]
    },
  }
}

/** An item of the model's context names its turn in a part of its own; older ones do not. */
function turnOf(payload: Parameters<typeof text>[0], current: string | null): string | null {
  return text(part(payload, 'internal_chat_message_metadata_passthrough'), 'turn_id') ?? current
}
