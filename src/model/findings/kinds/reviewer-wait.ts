import type { KindOfFinding } from '../candidate.ts'
import { partsOf, rowsWithPart } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { many, percent, withLost } from '../words.ts'

export const reviewerWait: KindOfFinding = {
  kind: 'reviewer-wait',
  name: () => 'reviews',
  definition: `The automatic reviewer took more than ${percent(thresholds.reviewerShare)} of the time inside turns. What is lost is the time that the ledger gives to waiting for it.`,
  needs: 'codex.tool_decision (logs)',
  waitsFor: 'It waits for codex.tool_decision (logs), which says that the automatic reviewer has answered.',
  sources: ['logs'],
  find({ rows, ledger, busy }) {
    const waited = ledger.turns.reduce((sum, { shares }) => sum + (shares.get('wait_reviewer') ?? 0), 0)
    if (waited <= busy * thresholds.reviewerShare) return []
    const reviewed = rowsWithPart(rows.all, 'wait_reviewer')
    const time = reviewed.flatMap((row) => partsOf(row, 'wait_reviewer'))
    return [
      {
        subject: '',
        times: reviewed.length,
        rowIds: reviewed.map(({ id }) => id),
        at: reviewed[0]?.start ?? 0,
        time,
        from: ['wait_reviewer'],
        money: [],
        confidence: 'exact',
        say: (lost) => ({
          title: withLost(
            `The reviewer looked at ${many(reviewed.length, 'call')}, ${percent(waited / busy)} of the time inside turns`,
            lost,
            false,
          ),
          verdict: many(reviewed.length, 'review'),
        }),
        fix: { type: 'hint', text: 'A rule that lets harmless commands through saves their reviews.' },
      },
    ]
  },
}
