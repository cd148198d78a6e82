import { lastAround } from '../../last-around.ts'
import type { CompactionEvidence } from '../settle/evidence.ts'
import { boundsOf } from './bounds.ts'
import type { FileEvidence } from './file-evidence.ts'
import type { FileOnlyCompaction } from './file-only.ts'

/** The line of a compaction is written as its span ends, a moment more or less. */
const slackNs = 1e9

/** Compactions that no span of the telemetry tells of. Older files do not say how long one took: as long as its answer at most. */
export function addedCompactions(known: readonly CompactionEvidence[], file: FileEvidence): FileOnlyCompaction[] {
  const spanAround = lastAround(
    [...known].sort((a, b) => a.start - b.start),
    ({ start }) => start - slackNs,
    ({ end }) => end + slackNs,
  )
  const answerBy = lastAround(
    [...file.answers].sort((a, b) => a.at - b.at),
    ({ at }) => at,
    ({ at }) => at + slackNs,
  )
  const added = file.compactions
    .filter(({ at }) => spanAround(at) === null)
    .map((compaction) => ({ compaction, answer: answerBy(compaction.at) }))
  const answers = added.map(({ answer }) => answer).filter((answer) => answer !== null)
  const inOrder = answers.sort((a, b) => a.at - b.at)
  const bounds = new Map(boundsOf(file, inOrder).map(({ begunAfter }, index) => [inOrder[index], begunAfter]))
  return added.map(({ compaction: { id, at, start, end, turnId }, answer }) => {
    if (start !== null && end !== null) return { spanId: id, turnId, start, end: Math.max(start, end), atMost: false }
    return {
      spanId: id,
      turnId,
      start: (answer === null ? undefined : bounds.get(answer)) ?? at,
      end: at,
      atMost: true,
    }
  })
}
