import { groupBy } from '../../group-by.ts'
import type { KindOfFinding } from '../candidate.ts'
import { partsOf } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { askedKey, hasFailed, toolCalls } from '../tool-calls.ts'
import { named, times, withLost } from '../words.ts'

export const repeatedFailure: KindOfFinding = {
  kind: 'repeated-failure',
  name: (subject) => `${named(subject)} failing again`,
  definition: `The same tool with the same arguments failed at least ${thresholds.failures} times in one turn. What is lost are all of these runs but the first of each turn.`,
  needs: 'codex.tool_result with arguments (logs)',
  waitsFor: 'It waits for codex.tool_result (logs), which says with what a tool was called and that it failed.',
  sources: ['logs'],
  find(context) {
    const failed = toolCalls(context).filter(hasFailed)
    const often = [
      ...groupBy(failed, (call) => {
        const asked = askedKey(call, context.argumentLengths)
        return asked === null || call.tool.turnId === null ? null : `${call.tool.turnId} ${asked}`
      }).values(),
    ].filter((calls) => calls.length >= thresholds.failures)
    const bySubject = groupBy(often, ([first]) => first?.row.detail ?? null)
    return [...bySubject].map(([subject, turns]) => {
      const count = turns.reduce((sum, calls) => sum + calls.length, 0)
      return {
        subject,
        times: count,
        rowIds: turns.flat().map(({ row }) => row.id),
        at: turns[0]?.[0]?.row.start ?? 0,
        time: turns.flatMap((calls) => calls.slice(1).flatMap(({ row }) => partsOf(row, 'tool_run'))),
        from: ['tool_run'],
        money: [],
        confidence: 'exact',
        say: (lost) => ({
          title: withLost(
            `${named(subject)} failed ${times(count)} in the same words`,
            lost,
            false,
            ' after the first',
          ),
          verdict: `${named(subject)} failing ${times(count)}`,
        }),
        fix: {
          type: 'hint',
          text: 'The same call keeps failing the same way: tell Codex what to do instead, for example in AGENTS.md.',
        },
      }
    })
  },
}
