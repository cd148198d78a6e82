import { approvedPrefixes, type ApprovedPrefix } from '../approved-commands.ts'
import type { Candidate, KindOfFinding } from '../candidate.ts'
import { thresholds } from '../thresholds.ts'
import { many, named, times, withLost } from '../words.ts'

export const approvalFriction: KindOfFinding = {
  kind: 'approval-friction',
  name: (subject) => `approvals of ${named(subject)}`,
  definition: `Commands with the same program and subcommand that you approved at least ${thresholds.approvals} times, in this session and before it, and never denied. What is lost is the time that the ledger gives to waiting for you in their rows.`,
  needs: "codex.tool_result with arguments (logs), and codex.tool_decision or Codex's own session file",
  waitsFor:
    'It waits for codex.tool_result and codex.tool_decision (logs), which say what a command was and who approved it.',
  sources: ['logs'],
  find: (context) =>
    approvedPrefixes(context)
      .filter(({ calls, before }) => calls.length + before >= thresholds.approvals)
      .map(candidateOf),
}

function candidateOf({ subject, rule, calls, commands, before }: ApprovedPrefix): Candidate {
  const atMost = calls.some(({ fromFile }) => fromFile)
  const earlier = before === 0 ? '' : `, and ${times(before)} before`
  return {
    subject,
    times: calls.length,
    rowIds: calls.map(({ row }) => row.id),
    at: calls[0]?.row.start ?? 0,
    time: calls.flatMap(({ row }) => row.parts.filter(({ kind }) => kind === 'wait_user')),
    from: ['wait_user'],
    money: [],
    confidence: atMost ? 'bound' : 'exact',
    say: (lost) => ({
      title: withLost(`You approved ${named(subject)} ${times(calls.length)}${earlier}`, lost, atMost, ' of waiting'),
      verdict: `${many(calls.length, 'approval')} of ${named(subject)}`,
    }),
    fix:
      'refused' in rule
        ? { type: 'hint', text: `No rule can be offered for it: ${rule.refused}.` }
        : { type: 'rule', prefix: [...rule.pattern], commands: [...commands] },
  }
}
