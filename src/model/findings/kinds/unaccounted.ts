import { knowsModelTime } from '../../ledger/claims.ts'
import { shortDuration } from '../../tree/words.ts'
import type { KindOfFinding } from '../candidate.ts'
import type { FindingContext } from '../context.ts'
import { waitedForServers } from '../mcp-servers.ts'
import { thresholds } from '../thresholds.ts'
import { percent } from '../words.ts'

export const unaccounted: KindOfFinding = {
  kind: 'unaccounted',
  name: () => 'time that nothing explains',
  definition: `At least ${percent(thresholds.unaccountedShare)} of the time inside turns, and ${shortDuration(thresholds.unaccountedMs)} or more, that nothing received explains. It is no lost time: only not known. Of a session that is live it is not said: records are on their way.`,
  needs: 'a turn, which any signal tells of',
  waitsFor: 'It waits for a turn: any signal tells of one.',
  sources: ['logs', 'traces', 'files'],
  find(context) {
    const { ledger, busy, session } = context
    if (session.state === 'live') return []
    const turns = ledger.turns.filter(({ shares }) => (shares.get('unaccounted') ?? 0) > 0)
    const ns = turns.reduce((sum, { shares }) => sum + (shares.get('unaccounted') ?? 0), 0) - waitedForServers(context)
    if (ns < thresholds.unaccountedMs * 1e6 || ns < busy * thresholds.unaccountedShare) return []
    return [
      {
        subject: '',
        times: turns.length,
        rowIds: turns.map(({ number }) => `t:${context.session.id}:${number}`),
        at: turns[0]?.start ?? 0,
        time: [],
        from: [],
        money: [],
        confidence: 'exact',
        say: () => ({
          title: `Nothing that was received explains ${percent(ns / busy)} of the time inside turns: ${shortDuration(ns / 1e6)}`,
          verdict: 'time that nothing explains',
        }),
        fix: { type: 'hint', text: missing(context) },
      },
    ]
  },
}

function missing({ rows, session }: FindingContext): string {
  if (!knowsModelTime(rows))
    return 'Traces would tell how long the model took: switch on the trace exporter in Configure.'
  if (session.attempts.length + session.calls.length === 0)
    return 'Logs would tell what went on: switch on the log exporter in Configure.'
  return 'Every signal that could explain it was received: Codex does not record what it did in that time.'
}
