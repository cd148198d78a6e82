import type { CompactionEvidence } from '../settle/evidence.ts'
import { boundsOf } from './bounds.ts'
import type { FileEvidence } from './file-evidence.ts'
import type { FileOnlyCompaction } from './file-only.ts'

/** The line of a compaction is written as its span ends, a moment more or less. */
const slackNs = 1e9

/** Compactions that no span of the telemetry tells of. Older files do not say how long one took: as long as its answer at most. */
export function addedCompactions(known: readonly CompactionEvidence[], file: FileEvidence): FileOnlyCompaction[] {
  const bounds = boundsOf(file)
  const isKnown = (at: number): boolean => known.some(({ start, end }) => start - slackNs <= at && at <= end + slackNs)
  return file.compactions
    .filter(({ at }) => !isKnown(at))
    .map(({ id, at, start, end, turnId }) => {
      if (start !== null && end !== null) return { spanId: id, turnId, start, end: Math.max(start, end), atMost: false }
      const answer = file.answers.findLast((one) => one.at <= at && at - one.at <= slackNs)
      const begun = answer === undefined ? at : bounds(answer).begunAfter
      return { spanId: id, turnId, start: begun, end: at, atMost: true }
    })
}
