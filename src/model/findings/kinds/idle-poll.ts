import { groupBy } from '../../group-by.ts'
import { union, without } from '../../ledger/stretches.ts'
import type { KindOfFinding } from '../candidate.ts'
import { lengthOf } from '../disjoint.ts'
import { partsOf } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { toolCalls } from '../tool-calls.ts'
import { named, times, withLost } from '../words.ts'

export const idlePoll: KindOfFinding = {
  kind: 'idle-poll',
  name: (subject) => `${named(subject)} waiting for nothing`,
  definition: `Calls that wait for sub-agents while none of them works: ${thresholds.idlePollMs / 1000} s and more in all. A look at a command that is over returns at once, and costs none.`,
  needs: "codex.tool_result (logs) and the sub-agents' own records",
  waitsFor: "It waits for codex.tool_result (logs) or Codex's own session files, which say when a call only waited.",
  sources: ['logs', 'files'],
  find(context) {
    const { helpers } = context
    const working = union(helpers.flatMap((helper) => helper.turns))
    const calls = toolCalls(context)
    const idle = calls
      .filter(({ tool }) => waitsForAgents(tool.tool))
      .map((call) => ({ call, time: partsOf(call.row, 'tool_run').flatMap((part) => without(part, working)) }))
      .filter(({ time }) => lengthOf(time) > slackNs)
    return [...groupBy(idle, ({ call }) => call.row.label)]
      .filter(([, of]) => lengthOf(of.flatMap(({ time }) => time)) >= thresholds.idlePollMs * 1e6)
      .map(([subject, of]) => ({
        subject,
        times: of.length,
        rowIds: of.map(({ call }) => call.row.id),
        at: of[0]?.call.row.start ?? 0,
        time: of.flatMap(({ time }) => time),
        from: ['tool_run'],
        money: [],
        confidence: 'exact',
        say: (lost) => ({
          title: withLost(`${named(subject)} waited ${times(of.length)} while nothing ran`, lost, false),
          verdict: `${named(subject)} waiting for nothing`,
        }),
        fix: { type: 'hint', text: 'Tell Codex to wait only for what it has started, and only while it runs.' },
      }))
  },
}

/** A helper's turn ends some milliseconds before whoever waits for it is told. */
const slackNs = 50_000_000

/** Over Codex's versions, with and without the name of the tools' group in front. */
function waitsForAgents(tool: string | null): boolean {
  return tool !== null && (tool === 'wait' || tool.endsWith('wait_agent'))
}
