import { isCommandTool } from '../ledger/history.ts'
import type { DraftRow } from '../tree/draft.ts'
import { commandWords, programWords } from './command-words.ts'
import type { Approval, FindingContext } from './context.ts'
import { wordsOfScript, type Refused } from './rule/command-words.ts'
import { proposeRule, type RuleProposal } from './rule/propose.ts'

/** A command that the user let run in this session. */
export interface ApprovedCall {
  readonly command: string
  readonly row: DraftRow
  /** A session file tells of it, which knows when it was asked within 60 ms, and not by whom it was answered. */
  readonly fromFile: boolean
}

/** What the user answered about commands in this session. */
export function answersOf({ session, rows }: FindingContext): { approved: ApprovedCall[]; denied: string[] } {
  const approved = new Map<string, ApprovedCall>()
  const denied: string[] = []
  const tools = new Map(session.tools.map((tool) => [tool.callId, tool]))
  for (const { callId, decision, source } of session.decisions) {
    const row = rows.byCallId.get(callId)
    const tool = tools.get(callId)
    if (source?.toLowerCase() !== 'user' || row === undefined || row.detail === '') continue
    if (!isCommandTool(tool?.tool ?? null)) continue
    if (decision.startsWith('approved')) approved.set(callId, { command: row.detail, row, fromFile: false })
    else denied.push(row.detail)
  }
  const decided = new Set(session.decisions.map(({ callId }) => callId))
  for (const tool of session.tools) {
    const row = rows.byCallId.get(tool.callId)
    if (tool.waitEnd === null || decided.has(tool.callId) || row === undefined || row.detail === '') continue
    if (!isCommandTool(tool.tool)) continue
    if (tool.success === false) denied.push(row.detail)
    else approved.set(tool.callId, { command: row.detail, row, fromFile: true })
  }
  return { approved: [...approved.values()].sort((a, b) => a.row.start - b.row.start), denied }
}

export interface ApprovedPrefix {
  /** Program and subcommand; the whole command where it is more than words. */
  readonly subject: string
  /** What would let them run unasked, or why no rule of Codex can say it. */
  readonly rule: RuleProposal | Refused
  /** Of this session. */
  readonly calls: readonly ApprovedCall[]
  /** Each once, of this session and before. */
  readonly commands: readonly string[]
  /** How often it was approved before this session. */
  readonly before: number
}

/** Approved commands by what they begin with, without those of which one was ever denied. */
export function approvedPrefixes(context: FindingContext): ApprovedPrefix[] {
  const { approved, denied } = answersOf(context)
  const groups = new Map<string, { calls: ApprovedCall[]; before: Approval[] }>()
  for (const call of approved) {
    const key = subjectOf(call.command)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { calls: [call], before: [] })
    else group.calls.push(call)
  }
  const refused = [...denied, ...context.history.approvals.flatMap((one) => (one.denied ? [one.command] : []))]
  for (const answer of context.history.approvals)
    if (!answer.denied) groups.get(subjectOf(answer.command))?.before.push(answer)
  return [...groups].flatMap(([subject, { calls, before }]): ApprovedPrefix[] => {
    const commands = [...new Set([...calls, ...before].map(({ command }) => command))].sort()
    const rule = ruleFor(commands, refused)
    const isDenied =
      'refused' in rule ? rule.isDenied || refused.some((command) => subjectOf(command) === subject) : false
    return isDenied ? [] : [{ subject, rule, calls, commands, before: before.length }]
  })
}

function ruleFor(
  commands: readonly string[],
  denied: readonly string[],
): RuleProposal | (Refused & { isDenied: boolean }) {
  const lines: (readonly string[])[] = []
  for (const command of commands) {
    const words = command.endsWith('…') ? { refused: 'it was cut off' } : wordsOfScript(command)
    if ('refused' in words) return { refused: `of \`${command}\` no rule can speak: ${words.refused}`, isDenied: false }
    lines.push(words.argv)
  }
  return proposeRule(lines, denied)
}

export function subjectOf(command: string): string {
  const words = commandWords(command)
  return words === null ? command : programWords(words).join(' ')
}
