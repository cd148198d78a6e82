import type { Stretch } from '../ledger/share.ts'
import { brokenResponses } from '../tree/broken.ts'
import type { DraftRow } from '../tree/draft.ts'
import { apiRowFinder } from './api-rows.ts'
import type { FindingContext } from './context.ts'

/** A request or stream that failed, with the time until the next one began, which the ledger calls `retry` where it is. */
export interface FailedTry extends Stretch {
  readonly row: DraftRow
  readonly at: number
  /** null: of a connection or a stream that broke. */
  readonly statusCode: number | null
  readonly error: string | null
}

/** The failed tries of a session's model calls, in order. */
export function failedTries({ session, rows }: FindingContext): FailedTry[] {
  const rowAt = apiRowFinder(rows.all)
  const asked = session.attempts
    .filter(({ endpoint }) => endpoint !== '/models')
    .map((attempt) => ({ ...attempt, begun: attempt.at - (attempt.durationMs ?? 0) * 1e6 }))
    .sort((a, b) => a.at - b.at)
  const requests = asked
    .filter(({ success }) => !success)
    .map(({ at, begun, statusCode, error }) => ({ at, begun, statusCode, error }))
  const streams = brokenResponses(session.calls)
    // A request that was refused is told twice, a moment apart: as a request and as a response that never came.
    .filter(({ at }) => !requests.some((request) => Math.abs(request.at - at) <= sameMomentNs))
    .map(({ at, error }) => {
      const begun = asked.findLast((attempt) => attempt.at <= at)?.begun ?? at
      return { at, begun, statusCode: null, error }
    })
  const byRow = new Map<DraftRow, ((typeof streams)[number] | (typeof requests)[number])[]>()
  for (const failed of [...requests, ...streams]) {
    const row = rowAt(failed.at)
    if (row === null) continue
    const known = byRow.get(row)
    if (known === undefined) byRow.set(row, [failed])
    else known.push(failed)
  }
  return [...byRow].flatMap(([row, failures]) =>
    failures
      .sort((a, b) => a.begun - b.begun || a.at - b.at)
      .map((failed, i) => ({
        ...failed,
        row,
        start: i === 0 ? row.start : Math.max(row.start, failed.begun),
        end: failures[i + 1]?.begun ?? row.end ?? Infinity,
      })),
  )
}

const sameMomentNs = 5_000_000
