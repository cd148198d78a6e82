import { flag, text } from '../../attributes.ts'
import { countOf } from '../../counts.ts'
import { describeArguments } from '../tool-arguments.ts'
import type { EventReader } from './event.ts'

/** `success` is true for a command that ended with exit code 3: only the output's text tells. */
const exitLine = /^Process exited with code (-?\d{1,10})$/m

export const toolResult: EventReader = {
  name: 'codex.tool_result',
  facts: ({ sessionId, atNs, attributes }) => {
    const callId = text(attributes, 'call_id')
    if (sessionId === null || callId === null) return []
    const output = text(attributes, 'output') ?? ''
    const args = text(attributes, 'arguments') ?? ''
    const exit = exitLine.exec(output.slice(0, 2000))
    const tool = text(attributes, 'tool_name')
    return [
      {
        fact: 'tool_result',
        sessionId,
        callId,
        tool,
        namespace: text(attributes, 'tool_namespace'),
        mcpServer: text(attributes, 'mcp_server'),
        agent: text(attributes, 'agent_name'),
        atNs,
        durationMs: countOf(attributes, 'duration_ms'),
        success: flag(attributes, 'success'),
        exitCode: exit === null ? null : Number(exit[1]),
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
