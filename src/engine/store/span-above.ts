import { keyOf } from '../../model/genai/requests.ts'
import type { Db } from './database.ts'
import type { ToldRow } from './read-told.ts'

const mostLevels = 64

/**
 * The nearest span above one that tells something, too, by the raw spans between them. Where those are gone or have not come, what was
 * found before stands.
 */
export function spanAbove(db: Db): (row: ToldRow, told: ReadonlyMap<string, ToldRow>) => string | null {
  const parentOf = db
    .prepare<[Buffer, bigint], bigint>(
      'SELECT parent_id FROM span WHERE trace = (SELECT id FROM trace WHERE trace_id = ?) AND span_id = ?',
    )
    .pluck()
    .safeIntegers(true)
  return (row, told) => {
    if (row.parentSpanId === null || row.traceId === '') return null
    const trace = Buffer.from(row.traceId, 'hex')
    let parent = row.parentSpanId
    for (let level = 0; level < mostLevels; level++) {
      const key = keyOf({ traceId: row.traceId, spanId: parent })
      if (told.has(key)) return key
      const next = parentOf.get(trace, BigInt.asIntN(64, BigInt(`0x${parent}`)))
      if (next === undefined) return row.above
      if (next === 0n) return null
      parent = BigInt.asUintN(64, next).toString(16).padStart(16, '0')
    }
    return null
  }
}
