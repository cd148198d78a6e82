import type { DraftRow } from '../tree/draft.ts'
import type { ToolFacts } from '../tree/facts.ts'
import type { FindingContext } from './context.ts'

export interface ToolCall {
  readonly tool: ToolFacts
  readonly row: DraftRow
  /** Somebody said no to it: it failed for no other reason. */
  readonly declined: boolean
}

/** The calls of a session that have ended, in order, those within a script among them. */
export function toolCalls({ session, rows }: FindingContext): ToolCall[] {
  const declined = new Set(
    session.decisions.filter(({ decision }) => !decision.startsWith('approved')).map(({ callId }) => callId),
  )
  return session.tools
    .flatMap((tool): ToolCall[] => {
      const row = rows.byCallId.get(tool.callId)
      return row === undefined || row.end === null ? [] : [{ tool, row, declined: declined.has(tool.callId) }]
    })
    .sort((a, b) => a.row.start - b.row.start || (a.row.id < b.row.id ? -1 : 1))
}

/** By itself: what was declined has not failed. */
export function hasFailed({ tool: { success, exitCode }, declined }: ToolCall): boolean {
  return !declined && (success === false || (exitCode !== null && exitCode !== 0))
}

/** What a call was asked, as a key that two calls share only when they were asked the same; null where that is not known. */
export function askedKey({ tool, row }: ToolCall, lengths: FindingContext['argumentLengths']): string | null {
  if (row.detail === '' || row.detail.endsWith('…')) return null
  return JSON.stringify([row.label, row.detail, lengths.get(tool.callId) ?? null])
}
