import type { Fact, Session } from './facts.ts'
import { lengthMs } from './question.ts'
import type { Span } from './records.ts'

export interface Tool extends Fact {
  readonly callId: string
  readonly name: string
  readonly server: string
  /** Of a tool that runs one. */
  readonly commandLine: string | null
  readonly wrapper: boolean
  readonly success: boolean
  readonly exitCode: number | null
  /** Without the wait for a decision. */
  readonly ranMs: number
}

const exitWords = /Process exited with code (-?\d+)/

export function toolsOf(session: Session): Tool[] {
  return session.logs
    .filter(({ event }) => event === 'codex.tool_result')
    .map(({ atNs, attributes }) => {
      const callId = attributes['call_id'] ?? ''
      const span = toolSpans(session).find(({ texts }) => texts['call_id'] === callId)
      const tookMs = Number(attributes['duration_ms'])
      const asked = session.logs.find(
        (log) =>
          log.event === 'codex.tool_decision' &&
          log.attributes['call_id'] === callId &&
          log.attributes['source'] !== 'Config',
      )
      const startNs = span?.startNs ?? atNs - BigInt(tookMs) * 1_000_000n
      const code = exitWords.exec(attributes['output'] ?? '')?.[1]
      return {
        ...{ session, atNs, callId },
        name: attributes['tool_name'] ?? '',
        server: attributes['mcp_server'] ?? '',
        commandLine: attributes['tool_name'] === 'exec_command' ? lineIn(attributes['arguments'] ?? '') : null,
        wrapper: attributes['tool_name'] === 'exec',
        success: attributes['success'] === 'true',
        exitCode: code === undefined ? null : Number(code),
        ranMs: Math.round(tookMs - (asked === undefined ? 0 : lengthMs(startNs, asked.atNs))),
      }
    })
}

function lineIn(args: string): string | null {
  try {
    return (JSON.parse(args) as { readonly cmd?: string }).cmd ?? args
  } catch {
    return null
  }
}

/** A tool's span has the tool's name, whatever that is: it is known by the place in the source that makes it. */
export const toolSpans = ({ spans }: Session): readonly Span[] =>
  spans.filter(
    ({ texts }) => texts['call_id'] !== undefined && (texts['code.file.path'] ?? '').endsWith('tools/parallel.rs'),
  )
