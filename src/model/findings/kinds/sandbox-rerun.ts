import { groupBy } from '../../group-by.ts'
import { isCommandTool } from '../../ledger/history.ts'
import { subjectOf } from '../approved-commands.ts'
import type { Candidate, KindOfFinding } from '../candidate.ts'
import type { FindingContext } from '../context.ts'
import { partsOf } from '../row-parts.ts'
import { sandboxFix } from '../sandbox-fix.ts'
import { askedKey, hasFailed, toolCalls, type ToolCall } from '../tool-calls.ts'
import { named, times, withLost } from '../words.ts'

/** A run that the sandbox broke off, and the call that ran it again outside: the same one, or a later one that was allowed to. */
interface Rerun {
  readonly first: ToolCall
  readonly second: ToolCall
}

export const sandboxRerun: KindOfFinding = {
  kind: 'sandbox-rerun',
  name: (subject) => `${named(subject)} run again outside the sandbox`,
  definition:
    'Commands that failed in the sandbox and ran again outside it: as codex.sandbox_outcome says, or a failed command that ran again with the same arguments once somebody had allowed it. What is lost is the first run, and the wait for the answer.',
  needs: 'codex.sandbox_outcome, or codex.tool_result and codex.tool_decision (logs)',
  waitsFor:
    'It waits for codex.sandbox_outcome, or codex.tool_result and codex.tool_decision (logs), which say that a command ran again outside the sandbox.',
  sources: ['logs'],
  find: (context) =>
    [...groupBy(rerunsOf(context), ({ second }) => subjectOf(second.row.detail))].map(([subject, reruns]) =>
      candidateOf(subject, reruns, context),
    ),
}

function rerunsOf(context: FindingContext): Rerun[] {
  const { session, ledger } = context
  const calls = toolCalls(context).filter(({ tool, row }) => isCommandTool(tool.tool) && row.detail !== '')
  const told = new Set(ledger.rows.get('sandbox_retry') ?? [])
  const allowed = new Set(
    session.decisions.flatMap(({ callId, decision, source }) =>
      decision.startsWith('approved') && source !== null && source.toLowerCase() !== 'config' ? [callId] : [],
    ),
  )
  const reruns: Rerun[] = []
  const failed = new Map<string, ToolCall>()
  for (const call of calls) {
    if (told.has(call.row.id)) reruns.push({ first: call, second: call })
    // The second call asks for more than the first, so that its arguments are longer: its words are the same.
    const key = JSON.stringify([call.tool.turnId, askedKey(call, new Map())])
    const first = failed.get(key)
    if (first !== undefined && allowed.has(call.tool.callId)) reruns.push({ first, second: call })
    if (hasFailed(call) && !allowed.has(call.tool.callId)) failed.set(key, call)
    else failed.delete(key)
  }
  return reruns
}

function candidateOf(subject: string, reruns: readonly Rerun[], context: FindingContext): Candidate {
  const rows = [...new Set(reruns.flatMap(({ first, second }) => [first.row, second.row]))]
  return {
    subject,
    times: reruns.length,
    rowIds: rows.map(({ id }) => id),
    at: rows[0]?.start ?? 0,
    time: reruns.flatMap(({ first, second }) => [
      ...(first === second
        ? [{ start: first.row.start, end: first.row.end ?? first.row.start }]
        : partsOf(first.row, 'tool_run')),
      ...partsOf(second.row, 'wait_user'),
      ...partsOf(second.row, 'wait_reviewer'),
    ]),
    // Of a call that ran twice the ledger tells the first run apart.
    from: reruns.every(({ first, second }) => first === second)
      ? ['sandbox_retry', 'wait_user', 'wait_reviewer']
      : ['sandbox_retry', 'tool_run', 'wait_user', 'wait_reviewer'],
    money: [],
    confidence: 'exact',
    say: (lost) => ({
      title: withLost(
        `${named(subject)} failed in the sandbox and ran again outside it ${times(reruns.length)}`,
        lost,
        false,
      ),
      verdict: `${named(subject)} ran again outside the sandbox`,
    }),
    fix: sandboxFix(
      reruns.map(({ second }) => second.row.detail),
      context,
    ),
  }
}
