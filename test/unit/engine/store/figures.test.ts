import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate, readMigrations } from '../../../../src/engine/store/database.ts'
import { createWriter } from '../../../../src/engine/store/writer.ts'
import { figureWriter } from '../../../../src/engine/store/figures.ts'
import type { PriceList } from '../../../../src/model/pricing/price.ts'

const base = 1_790_000_000_000_000_000n

/** A database as the version before these figures left it: settled, with a call of the model and an approved command. */
function ofVersion2(): Database.Database {
  const db = new Database(':memory:')
  migrate(db, readMigrations().slice(0, 2))
  db.prepare("INSERT INTO session (id, first_ns, last_ns) VALUES ('s', ?, ?)").run(base, base + 60_000_000_000n)
  db.prepare(
    `INSERT INTO api_call (session_id, at_ns, status, event_kind, model, input_tokens, cached_tokens, cache_write_tokens,
       output_tokens, reasoning_tokens, duration_ns)
     VALUES ('s', ?, 'completed', 'response.completed', 'gpt-5.5', 5000, 2000, 0, 120, 60, 1234567890)`,
  ).run(base + 2_000_000_000n)
  const sampled = db.prepare("INSERT INTO sampling (session_id, span_id, start_ns, end_ns) VALUES ('s', 'x', ?, ?)")
  sampled.run(base + 765_432_110n, base + 2_000_000_000n)
  db.prepare(
    `INSERT INTO tool_call (session_id, call_id, tool, at_ns, duration_ms, success, summary)
     VALUES ('s', 'c', 'exec_command', ?, 17612, 1, 'cargo test')`,
  ).run(base + 30_000_000_000n)
  db.prepare(
    "INSERT INTO decision (session_id, call_id, at_ns, decision, source) VALUES ('s', 'c', ?, 'approved', 'User')",
  ).run(base + 29_900_000_000n)
  return db
}

/** Micro-dollars, so that they are whole numbers here, and how many calls have no price. */
function costOf(db: Database.Database): [number | null, number] {
  const row = db
    .prepare<[], { usd: number | null; unpriced: number }>(
      'SELECT cost_usd AS usd, unpriced_calls AS unpriced FROM session',
    )
    .get()
  return row === undefined ? [null, -1] : [row.usd === null ? null : Math.round(row.usd * 1e6), row.unpriced]
}

test('an upgraded database gets the costs and histories of what it has', () => {
  const db = ofVersion2()
  migrate(db)
  expect(db.prepare('SELECT session_id FROM unsettled').pluck().all()).toEqual(['s'])
  const writer = createWriter(db)
  while (!writer.settle(1000));
  // 3,000 x $5 + 2,000 x $0.50 + 120 x $30 a million
  expect(costOf(db)).toEqual([19_600, 0])
  expect(db.prepare('SELECT price_version FROM api_call').pluck().get()).toMatch(/^genai-prices /)
  expect(db.prepare('SELECT kind, name, ms, calls FROM duration_history ORDER BY kind').all()).toEqual([
    { kind: 'model', name: 'gpt-5.5', ms: 1235, calls: 1 },
    { kind: 'tool', name: 'exec_command cargo', ms: 100, calls: 1 },
  ])
  db.close()
})

test('another version of the price list prices every call anew, once', () => {
  const db = ofVersion2()
  migrate(db)
  const rate = { base: 1, tiers: [] }
  let asked = 0
  const list = (version: string, known: boolean): { current: () => PriceList } => ({
    current: () => ({
      version,
      find: (model) => {
        asked++
        const price = { provider: 'x', model, from: null, input: rate, cached: null, cacheWrite: null, output: rate }
        return known ? price : null
      },
    }),
  })
  figureWriter(db, list('1', false))('s', new Map())
  expect(costOf(db)).toEqual([null, 1])
  figureWriter(db, list('1', true))('s', new Map())
  expect([costOf(db), asked]).toEqual([[null, 1], 1])
  figureWriter(db, list('2', true))('s', new Map())
  expect(costOf(db)).toEqual([5120, 0])
  db.close()
})

test('a new price list in the product marks every session, and only then', () => {
  const db = ofVersion2()
  migrate(db)
  const writer = createWriter(db)
  while (!writer.settle(1000));
  const marked = db.prepare('SELECT count(*) FROM unsettled').pluck()
  createWriter(db)
  expect(marked.get()).toBe(0)
  db.prepare("UPDATE setting SET value = 'genai-prices 0.0.1' WHERE key = 'price_version'").run()
  createWriter(db)
  expect(marked.get()).toBe(1)
  db.close()
})
