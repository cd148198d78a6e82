import type { TeamReader } from '../connection.ts'
import type { RawTables } from '../records/generation.ts'
import { isNew, newSince, type Progress } from './progress.ts'

/** How many seconds what was read is behind what is there, by the records' own times. */
export async function lagSeconds(raw: TeamReader, { logs, traces }: RawTables, done: Progress): Promise<number> {
  const sources = [
    ...(logs === null ? [] : (['otel_logs'] as const)),
    ...(traces === null ? [] : (['otel_traces'] as const)),
  ]
  const lags = await Promise.all(
    sources.map(async (source) => {
      const [row] = await raw.rows<{ seconds: number | null }>(
        `SELECT dateDiff('second', maxIf(Timestamp, NOT (${isNew})), max(Timestamp)) AS seconds FROM ${source}`,
        { ...newSince(done.get(source)) },
      )
      return row?.seconds ?? 0
    }),
  )
  return Math.max(0, ...lags.map(Number))
}
