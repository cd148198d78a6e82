import { shortCount } from '../../tree/words.ts'
import type { KindOfFinding } from '../candidate.ts'
import { callsLeft, fillsOf } from '../context-fill.ts'
import { thresholds } from '../thresholds.ts'
import { many, percent } from '../words.ts'

export const contextNearlyFull: KindOfFinding = {
  kind: 'context-nearly-full',
  name: () => 'contexts nearly full',
  definition: `The last call filled at least ${percent(thresholds.contextShare)} of the context window. It loses no time yet; how many calls are left is worked out from how the last ones grew.`,
  needs:
    "the size of the context window: Codex's own session file, or codex.conversation_starts where config.toml names one",
  waitsFor:
    "It waits for the size of the context window: Codex's own session files say it, its telemetry only where config.toml names one.",
  sources: ['files'],
  find(context) {
    const last = fillsOf(context).at(-1)
    if (last === undefined || last.share < thresholds.contextShare) return []
    const left = callsLeft(context)
    const full = `${percent(last.share)} of the context window of ${shortCount(last.window)} tokens`
    const { row } = last.call
    return [
      {
        subject: '',
        times: 1,
        rowIds: row === null ? [] : [row.id],
        at: row?.start ?? last.call.at,
        time: [],
        from: [],
        money: [],
        confidence: 'exact',
        say: () => ({
          title: `The last call filled ${full}${left === null ? '' : `: about ${many(left, 'call')} left`}`,
          verdict: `the context ${percent(last.share)} full`,
        }),
        fix: { type: 'hint', text: 'Start a new session for the next task, or compact at a time of your choosing.' },
      },
    ]
  },
}
