import { flag, text } from '../../attributes.ts'
import { countOf } from '../../counts.ts'
import { commandEnd } from '../output-header.ts'
import { describeArguments } from '../tool-arguments.ts'
import type { EventReader } from './event.ts'

export const toolResult: EventReader = {
  name: 'codex.tool_result',
  counts: ['duration_ms', 'tool_result_seq'],
  facts: ({ sessionId, atNs, attributes }) => {
    const callId = text(attributes, 'call_id')
    if (sessionId === null || callId === null) return []
    const output = text(attributes, 'output') ?? ''
    const args = text(attributes, 'arguments') ?? ''
    const tool = text(attributes, 'tool_name')
    const namespace = text(attributes, 'tool_namespace')
    return [
      {
        fact: 'tool_result',
        sessionId,
        callId,
        tool,
        namespace,
        mcpServer: text(attributes, 'mcp_server'),
        agent: text(attributes, 'agent_name'),
        atNs,
        durationMs: countOf(attributes, 'duration_ms'),
        success: flag(attributes, 'success'),
        ...commandEnd(tool, namespace, output),
        summary: describeArguments(args),
        argumentsLength: args.length,
        outputLength: output.length,
        outputTruncated: flag(attributes, 'output_truncated'),
      },
    ]
  },
  summary: (attributes) =>
    [text(attributes, 'tool_name') ?? '', describeArguments(text(attributes, 'arguments') ?? '') ?? '']
      .filter((part) => part !== '')
      .join(' '),
}
