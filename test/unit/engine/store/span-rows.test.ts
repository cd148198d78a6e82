import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate, type Db } from '../../../../src/engine/store/database.ts'
import { spanInserter, type SpanRow } from '../../../../src/engine/store/span-rows.ts'

/** Of more traces than are told apart for the order, of more rows than are gathered, and each tenth with the ids of one before. */
function someRows(): SpanRow[] {
  let state = 20_261_130
  const drawn = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state | 0
  }
  const rows: SpanRow[] = []
  for (let i = 0; i < 9000; i++) {
    const earlier = i % 10 === 9 ? rows[i - 1 - (Math.abs(drawn()) % 9)] : undefined
    rows.push({
      trace: earlier?.trace ?? 1 + (Math.abs(drawn()) % 4000),
      idHigh: earlier?.idHigh ?? drawn(),
      idLow: earlier?.idLow ?? drawn(),
      parentHigh: drawn(),
      parentLow: drawn(),
      name: 1 + (i % 40),
      startHigh: 416_000_000,
      startLow: drawn(),
      duration: i % 7 === 0 ? null : Math.abs(drawn()) * 4,
      flags: i % 64,
      at: i * 370,
    })
  }
  return rows
}

const opened = (): Db => {
  const db = new Database(':memory:')
  migrate(db)
  return db
}

test('of many rows each is as it was told, and of those with the same ids the first', () => {
  const rows = someRows()
  const db = opened()
  const inserted = spanInserter(db)(7)
  for (const row of rows) inserted.add(row)
  inserted.insert()

  const joined = (high: number, low: number): bigint => (BigInt(high) << 32n) | (BigInt(low) & 0xffff_ffffn)
  const first = new Map<string, unknown>()
  for (const row of rows) {
    const id = joined(row.idHigh, row.idLow)
    const key = `${row.trace} ${id}`
    if (first.has(key)) continue
    first.set(key, [
      ...[BigInt(row.trace), id, joined(row.parentHigh, row.parentLow), BigInt(row.name)],
      ...[joined(row.startHigh, row.startLow), row.duration === null ? null : BigInt(row.duration)],
      ...[BigInt(row.flags), 7n, BigInt(row.at)],
    ])
  }
  expect(first.size).toBe(8100)
  const stored = db
    .prepare<[], unknown[]>(
      'SELECT trace, span_id, parent_id, name, start_ns, duration_ns, flags, body, at FROM span ORDER BY at',
    )
    .raw()
    .safeIntegers()
    .all()
  expect(stored).toEqual([...first.values()])
})
