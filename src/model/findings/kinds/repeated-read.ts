import { groupBy } from '../../group-by.ts'
import type { KindOfFinding } from '../candidate.ts'
import { readBy } from '../read-only.ts'
import { partsOf } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { toolCalls } from '../tool-calls.ts'
import { named, times, withLost } from '../words.ts'

export const repeatedRead: KindOfFinding = {
  kind: 'repeated-read',
  name: (subject) => `${named(subject)} read again`,
  definition: `The same file, or the output of the same command that only reads, was read at least ${thresholds.reads} times in the session. What is lost at most are all of these runs but the first: whether it had changed, nothing tells.`,
  needs: 'codex.tool_result with arguments (logs)',
  waitsFor: 'It waits for codex.tool_result (logs), which says what a command read.',
  sources: ['logs'],
  find: (context) =>
    [...groupBy(toolCalls(context), readBy)]
      .filter(([, calls]) => calls.length >= thresholds.reads)
      .map(([subject, calls]) => ({
        subject,
        times: calls.length,
        rowIds: calls.map(({ row }) => row.id),
        at: calls[0]?.row.start ?? 0,
        time: calls.slice(1).flatMap(({ row }) => partsOf(row, 'tool_run')),
        from: ['tool_run'],
        money: [],
        confidence: 'bound',
        say: (lost) => ({
          title: withLost(`${named(subject)} was read ${times(calls.length)}`, lost, true, ' after the first'),
          verdict: `${named(subject)} read ${times(calls.length)}`,
        }),
        fix: {
          type: 'hint',
          text: 'What Codex needs in every task belongs in AGENTS.md; of a long file it is enough to read the part that matters.',
        },
      })),
}
