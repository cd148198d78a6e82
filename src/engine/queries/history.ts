import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Db } from '../store/database.ts'

/** Where a duration stands among all calls of the same tool or model that are known; exact to the millisecond that facts have. */
export function percentile(
  db: Db,
  { kind, name, durationMs }: ParsedParams<'call.percentile'>,
): Value<'call.percentile'> {
  const { count, less } = db
    .prepare<[number, string, string], { count: number; less: number }>(
      `SELECT coalesce(sum(calls), 0) AS count, coalesce(sum(calls) FILTER (WHERE ms < ?), 0) AS less
       FROM duration_history WHERE kind = ? AND name = ?`,
    )
    .get(Math.round(durationMs), kind, name) ?? { count: 0, less: 0 }
  return { count, percentile: count === 0 ? null : (100 * less) / count }
}
