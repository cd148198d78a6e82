import { usd } from '../../pricing/money.ts'
import type { KindOfFinding } from '../candidate.ts'
import { thresholds } from '../thresholds.ts'
import { many, percent } from '../words.ts'

export const helperCost: KindOfFinding = {
  kind: 'helper-cost',
  name: () => 'helpers that cost much',
  definition: `What title threads, the reviewer and sub-agents cost was at least ${percent(thresholds.helperShare)} of the session's cost with them, and ${usd(thresholds.helperUsd)} or more. All of it is lost at most: what they were good for, nothing tells.`,
  needs: 'codex.sse_event of the helpers (logs), and a price for their models',
  waitsFor: "It waits for codex.sse_event (logs) or Codex's own session files, which say what helpers were paid for.",
  sources: ['logs', 'files'],
  find({ session, calls, helpers }) {
    const own = calls.reduce((sum, call) => sum + (call.usd ?? 0), 0)
    const paid = helpers.filter((helper) => (helper.usd ?? 0) > 0)
    const cost = paid.reduce((sum, helper) => sum + (helper.usd ?? 0), 0)
    if (cost < thresholds.helperUsd || cost < (own + cost) * thresholds.helperShare) return []
    return [
      {
        subject: '',
        times: paid.length,
        rowIds: paid.map(({ id }) => `s:${id}`),
        at: Math.min(...paid.map(({ start }) => start), session.lastAt),
        time: [],
        from: [],
        money: paid.map((helper) => ({ of: `session ${helper.id}`, usd: helper.usd })),
        confidence: 'bound',
        say: (lost) => ({
          title: `${many(paid.length, 'helper')} cost ${percent(cost / (own + cost))} of the whole: at most ${usd(lost.usd ?? 0)}`,
          verdict: many(paid.length, 'helper'),
        }),
        fix: {
          type: 'hint',
          text: 'A smaller model for sub-agents and the reviewer costs less; rules save reviews of harmless commands.',
        },
      },
    ]
  },
}
