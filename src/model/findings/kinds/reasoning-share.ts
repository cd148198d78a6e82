import { groupBy } from '../../group-by.ts'
import type { KindOfFinding } from '../candidate.ts'
import { countUpTo } from '../../sorted.ts'
import { thresholds } from '../thresholds.ts'
import { many, percent, withLost } from '../words.ts'

const highEfforts: ReadonlySet<string> = new Set(['high', 'xhigh'])

export const reasoningShare: KindOfFinding = {
  kind: 'reasoning-share',
  name: () => 'reasoning in turns without a tool call',
  definition: `Turns without a tool call at high effort, where reasoning was at least ${percent(thresholds.reasoningShare)} of the output and ${thresholds.reasoningTokens} tokens or more. What is lost is at most that share of the calls' time, and the price of the reasoning.`,
  needs: "codex.sse_event with an effort (logs), or Codex's own session file",
  waitsFor:
    "It waits for codex.sse_event (logs) or Codex's own session files, which say how many tokens were reasoning.",
  sources: ['logs', 'files'],
  find({ session, calls }) {
    const starts = session.turns.map(({ start }) => start)
    const turnAt = (at: number): (typeof session.turns)[number] | undefined => session.turns[countUpTo(starts, at) - 1]
    const withTools = new Set(
      session.tools.map(({ turnId, spanStart, at }) => turnId ?? turnAt(spanStart ?? at ?? 0)?.turnId ?? null),
    )
    const quiet = calls.filter(({ effort, at }) => {
      const turn = turnAt(at)
      return highEfforts.has(effort ?? '') && turn !== undefined && !withTools.has(turn.turnId)
    })
    const turns = [...groupBy(quiet, ({ at }) => String(turnAt(at)?.number ?? 0)).values()].filter((of) => {
      const output = of.reduce((sum, call) => sum + call.output, 0)
      const reasoning = of.reduce((sum, call) => sum + call.reasoning, 0)
      return reasoning >= thresholds.reasoningTokens && reasoning >= output * thresholds.reasoningShare
    })
    const of = turns.flat()
    if (of.length === 0) return []
    const output = of.reduce((sum, call) => sum + call.output, 0)
    const reasoning = of.reduce((sum, call) => sum + call.reasoning, 0)
    return [
      {
        subject: of[0]?.effort ?? '',
        times: turns.length,
        rowIds: of.flatMap(({ row }) => (row === null ? [] : [row.id])),
        at: of[0]?.row?.start ?? of[0]?.at ?? 0,
        // Reasoning comes before the answer, and each token takes about as long as any other.
        time: of.flatMap(({ row, reasoning: tokens, output: all }) =>
          row === null || row.end === null || all === 0
            ? []
            : [{ start: row.start, end: row.start + Math.round((row.end - row.start) * (tokens / all)) }],
        ),
        from: ['model_wait', 'model_stream', 'model'],
        money: of.map(({ at, reasoning: tokens, rates }) => ({
          of: `reasoning ${at}`,
          usd: rates === null ? null : tokens * rates.output,
        })),
        confidence: 'bound',
        say: (lost) => ({
          title: withLost(
            `${percent(reasoning / output)} of the output was reasoning in ${many(turns.length, 'turn')} without a tool call`,
            lost,
            true,
          ),
          verdict: `reasoning in ${many(turns.length, 'turn')} without a tool call`,
        }),
        fix: {
          type: 'config',
          changes: [{ path: ['model_reasoning_effort'], value: 'medium', adds: false }],
          why: 'Answers that need no tools rarely need the most reasoning.',
        },
      },
    ]
  },
}
