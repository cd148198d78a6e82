import type { TeamReader } from '../connection.ts'
import type { RawTables } from '../records/generation.ts'
import { isNew, newSince, sourcesOf, type Progress } from './progress.ts'

/** How many seconds what was read is behind what is there, by the records' own times. */
export async function lagSeconds(raw: TeamReader, { logs, traces }: RawTables, done: Progress): Promise<number> {
  const lags = await Promise.all(
    sourcesOf({ logs, traces, metrics: new Map() }).map(async (source) => {
      const [row] = await raw.rows<{ seconds: number | null }>(
        `SELECT dateDiff('second', maxIf(Timestamp, NOT (${isNew})), max(Timestamp)) AS seconds FROM ${source}`,
        { ...newSince(done.get(source)) },
      )
      return row?.seconds ?? 0
    }),
  )
  return Math.max(0, ...lags.map(Number))
}
