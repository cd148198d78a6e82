import { groupBy } from '../../group-by.ts'
import { countUpTo } from '../../sorted.ts'
import type { KindOfFinding } from '../candidate.ts'
import { lengthOf } from '../disjoint.ts'
import { readBy } from '../read-only.ts'
import { partsOf, ranFor } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { toolCalls, type ToolCall } from '../tool-calls.ts'
import { many, withLost } from '../words.ts'

export const serialTools: KindOfFinding = {
  kind: 'serial-tools',
  name: () => 'commands one after the other',
  definition: `Commands that only read and that one response asked for, or a script of it, so that the model saw none of what they said before it asked for all, but that ran one after the other: ${thresholds.serialMs / 1000} s and more in all. What is lost at most are all of them but the longest.`,
  needs: 'codex.tool_result with arguments (logs)',
  waitsFor: 'It waits for codex.tool_result (logs), which says what a command read.',
  sources: ['logs'],
  find(context) {
    const answers = context.calls.map(({ at }) => at)
    const reads = toolCalls(context).filter((call) => readBy(call) !== null)
    // A script is one answer of the model, however long it runs.
    const askedBy = ({ tool, row }: ToolCall) => tool.parentCallId ?? String(countUpTo(answers, row.start + slackNs))
    const groups = [...groupBy(reads, askedBy).values()].filter(
      (calls) => calls.length > 1 && calls.every(({ row }, i) => row.start >= (calls[i - 1]?.row.end ?? -Infinity)),
    )
    const time = groups.flatMap((calls) => {
      const longest = calls.reduce((most, call) => (ranFor(call.row) > ranFor(most.row) ? call : most))
      return calls.filter((call) => call !== longest).flatMap(({ row }) => partsOf(row, 'tool_run'))
    })
    if (lengthOf(time) < thresholds.serialMs * 1e6) return []
    const rows = groups.flat().map(({ row }) => row)
    return [
      {
        subject: '',
        times: rows.length,
        rowIds: rows.map(({ id }) => id),
        at: rows[0]?.start ?? 0,
        time,
        from: ['tool_run'],
        money: [],
        confidence: 'bound',
        say: (lost) => ({
          title: withLost(`${many(rows.length, 'command')} that only read ran one after the other`, lost, true),
          verdict: `${many(rows.length, 'command')} one after the other`,
        }),
        fix: { type: 'hint', text: 'Ask for them in one command, or in AGENTS.md for parallel calls.' },
      },
    ]
  },
}

const slackNs = 2_000_000
