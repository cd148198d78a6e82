import { groupBy } from '../../group-by.ts'
import { historyName, isCommandTool } from '../../ledger/history.ts'
import { shortDuration } from '../../tree/words.ts'
import type { KindOfFinding } from '../candidate.ts'
import type { OwnHistory } from '../context.ts'
import { quantile } from '../percentile.ts'
import { lastOf, partsOf, ranFor } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { toolCalls, type ToolCall } from '../tool-calls.ts'
import { named, times, withLost } from '../words.ts'

/** What `timeout` and Codex itself end a command with that ran into its time limit. */
const timedOut = 124

export const slowCommand: KindOfFinding = {
  kind: 'slow-command',
  name: (subject) => `${named(subject)} running unusually long`,
  definition: `A command that ran longer than ${thresholds.percentile * 100} % of your own runs of that program before this session (at least ${thresholds.knownRuns} known, the latest 1,000 count), or into its time limit, and lost ${shortDuration(thresholds.slowCommandMs)} or more. What is lost is what it took beyond the median of them, of one that ran into its limit all of it, at most.`,
  needs: "codex.tool_result with arguments (logs); of one that ran into its time limit, Codex's own session file",
  waitsFor:
    "It waits for codex.tool_result (logs), which says what ran and how long, or for Codex's own session files, which say that a time limit ended it.",
  sources: ['logs', 'files'],
  find(context) {
    const { history } = context
    const slow = toolCalls(context).filter((call) => lostOf(call, history) > 0)
    const groups = groupBy(slow, ({ row }) => historyName(row.label, row.detail))
    return [...groups].map(([name, calls]) => {
      const runs = knownRuns(calls[0], history)
      const limited = calls.filter(({ tool }) => tool.exitCode === timedOut).length
      const program = name.split(' ').at(-1) ?? name
      const usual = runs.length < thresholds.knownRuns ? '' : `, where ${shortDuration(quantile(runs, 0.5))} is usual`
      const how =
        limited === calls.length
          ? `ran into its time limit ${times(limited)}`
          : `ran unusually long ${times(calls.length)}`
      return {
        subject: program,
        times: calls.length,
        rowIds: calls.map(({ row }) => row.id),
        at: calls[0]?.row.start ?? 0,
        time: calls.flatMap((call) => lastOf(partsOf(call.row, 'tool_run'), lostOf(call, history))),
        from: ['tool_run'],
        money: [],
        confidence: 'bound',
        say: (lost) => ({
          title: withLost(`${named(program)} ${how}${usual}`, lost, true),
          verdict: `${named(program)} running ${limited === calls.length ? 'into its time limit' : 'unusually long'}`,
        }),
        fix: {
          type: 'hint',
          text: 'Look at its rows for the cause: a lock, a cold cache, a command that waits for input.',
        },
      }
    })
  },
}

/** Nanoseconds that a command took beyond what is usual; 0 where it is not slow. */
function lostOf({ tool, row }: ToolCall, history: OwnHistory): number {
  if (!isCommandTool(tool.tool)) return 0
  const ran = ranFor(row)
  const runs = knownRuns({ row }, history)
  const isKnown = runs.length >= thresholds.knownRuns
  const usual = isKnown ? quantile(runs, 0.5) * 1e6 : 0
  const beyond = ran - usual
  if (beyond < thresholds.slowCommandMs * 1e6) return 0
  if (tool.exitCode === timedOut) return beyond
  return isKnown && ran > quantile(runs, thresholds.percentile) * 1e6 ? beyond : 0
}

/** None of a command that only a session file tells of: which one it was is not known, and any other says nothing of it. */
function knownRuns(call: Pick<ToolCall, 'row'> | undefined, { runs }: OwnHistory): readonly number[] {
  return call === undefined || call.row.detail === ''
    ? []
    : (runs.get(historyName(call.row.label, call.row.detail)) ?? [])
}
