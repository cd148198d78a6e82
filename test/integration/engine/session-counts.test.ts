import { expect, test } from 'vitest'
import { captureNames, loadCapture } from '../../captures.ts'
import { withCaptures } from './stored-captures.ts'

/** Helpers' traces name their parents too, so that some of these sessions share theirs and some do not. */
test.each(captureNames)('%s: a session counts the spans and traces that stand behind its rows', (name) =>
  withCaptures([name], ({ reader }) => {
    for (const { conversation: id } of loadCapture(name).conversations) {
      const { rows, spanCount } = reader['session.tree']({ id })
      const traces = rows.flatMap(({ id: rowId }) =>
        reader['session.spans']({ id, rowId }).spans.map(({ traceId }) => traceId),
      )
      const counted = reader['session.get']({ id })
      expect([counted.spanCount, counted.traceCount]).toEqual([spanCount, new Set(traces).size])
    }
  }),
)
