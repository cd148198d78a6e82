import { groupBy } from '../../group-by.ts'
import { shortDuration } from '../../tree/words.ts'
import type { KindOfFinding } from '../candidate.ts'
import { historyKey } from '../context.ts'
import { quantile } from '../percentile.ts'
import { lastOf, partsOf } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { many, named, percent, withLost } from '../words.ts'

export const slowFirstItem: KindOfFinding = {
  kind: 'slow-first-item',
  name: (subject) => `late responses of ${named(subject)}`,
  definition: `Responses whose first item took longer than ${percent(thresholds.percentile)} of your own calls with that model and effort before this session (at least ${thresholds.knownCalls} known, the latest 1,000 count), and ${shortDuration(thresholds.slowFirstItemMs)} and more beyond their median. What is lost is what it took beyond that.`,
  needs: 'codex.sse_event with ttft_ms (logs)',
  waitsFor: 'It waits for codex.sse_event (logs), which says when the first item of an answer came.',
  sources: ['logs'],
  find({ calls, history }) {
    const slow = calls.filter(({ model, effort, ttftMs }) => {
      const known = history.firstItems.get(historyKey(model, effort)) ?? []
      if (ttftMs === null || known.length < thresholds.knownCalls) return false
      return (
        ttftMs > quantile(known, thresholds.percentile) && ttftMs - quantile(known, 0.5) >= thresholds.slowFirstItemMs
      )
    })
    const groups = groupBy(slow, ({ model, effort }) => historyKey(model, effort))
    return [...groups].map(([key, of]) => {
      const usual = quantile(history.firstItems.get(key) ?? [], 0.5)
      const rows = of.flatMap(({ row }) => (row === null ? [] : [row]))
      return {
        subject: key.trim(),
        times: of.length,
        rowIds: rows.map(({ id }) => id),
        at: of[0]?.row?.start ?? of[0]?.at ?? 0,
        time: of.flatMap(({ row, ttftMs }) =>
          row === null ? [] : lastOf(partsOf(row, 'model_wait'), ((ttftMs ?? 0) - usual) * 1e6),
        ),
        from: ['model_wait'],
        money: [],
        confidence: 'exact',
        say: (lost) => ({
          title: withLost(
            `${many(of.length, 'response')} of ${named(key.trim())} began late, where ${shortDuration(usual)} is usual`,
            lost,
            false,
            ' more',
          ),
          verdict: `${many(of.length, 'response')} that began late`,
        }),
        fix: { type: 'hint', text: 'A lower effort or a priority service tier starts answering sooner.' },
      }
    })
  },
}
