import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { consoleClient, type ConsoleClient } from '../../../src/engine/explore/console-client.ts'
import { openConsole } from '../../../src/engine/explore/console.ts'
import { sqlViews } from '../../../src/engine/explore/views.ts'
import { guardConsole, openForConsole } from '../../../src/engine/store/database.ts'
import { loadCapture } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'

let client: ConsoleClient | null = null
afterEach(async () => {
  await client?.close()
  client = null
})

/** No statement of a test is one that runs away, but on a busy machine one may take longer than people have patience for. */
const patient = { timeoutMs: 240_000 }

/** A console over a store with one capture; what it answers, or says. */
function withConsole(
  run: (ask: (sql: string, limit?: number) => Promise<unknown>) => Promise<void>,
  given = patient,
): Promise<void> {
  return inTemporaryFolder(async (dataDir) => {
    openStore(dataDir).close()
    const own = (client = consoleClient(dataDir, () => undefined, undefined, given))
    await run(async (sql, limit = 10) => {
      const result = await own.run({ sql, limit })
      return result.ok ? result.value.rows : result.error.message
    })
  })
}

test('every view can be read and says what its table holds', () =>
  inTemporaryFolder(async (dataDir) => {
    const store = openStore(dataDir)
    for (const body of loadCapture('16_tui').bodies) store.store(body)
    store.settle()
    const own = (client = consoleClient(dataDir, () => undefined, undefined, patient))
    for (const { name, columns } of sqlViews) {
      const result = await own.run({ sql: `SELECT * FROM ${name}`, limit: 5 })
      expect(result).toMatchObject({ ok: true, value: { columns: Object.keys(columns) } })
    }
    const result = await own.run({
      sql: "SELECT sum(input_tokens) FROM api_calls WHERE status = 'completed'",
      limit: 1,
    })
    expect(result).toMatchObject({ ok: true, value: { rows: [[53_000]] } })
    store.close()
  }))

test.each([
  ['DELETE FROM session', 'only SELECT'],
  ['/* harmless */ -- really\n DROP TABLE session', 'only SELECT'],
  ['WITH x AS (SELECT 1) DELETE FROM session', 'returns no rows'],
  ['WITH x AS (SELECT 1) INSERT INTO session (id, first_ns, last_ns) SELECT 1, 2, 3 RETURNING id', 'readonly'],
  ["ATTACH '/tmp/other.db' AS other", 'only SELECT'],
  ['PRAGMA query_only = OFF', 'only SELECT'],
  ['EXPLAIN PRAGMA query_only = 0', 'only SELECT'],
  ['explain/**/query /* */ plan -- really\n pragma query_only = 0', 'only SELECT'],
  ['EXPLAIN DELETE FROM session', 'only SELECT'],
  ['EXPLAIN EXPLAIN SELECT 1', 'only SELECT'],
  ['EXPLAIN', 'only SELECT'],
  ["VACUUM INTO '/tmp/copy.db'", 'only SELECT'],
  ['SELECT 1; DELETE FROM session', 'more than one statement'],
  ["SELECT load_extension('x')", 'not authorized'],
  ['SELECT nonsense FROM sessions', 'no such column: nonsense'],
  ['', 'only SELECT'],
  ['SELECT zeroblob(1000000000)', 'too big'],
])('%s is refused in words, and the console goes on', (sql, why) =>
  withConsole(async (ask) => {
    expect(await ask(sql)).toContain(why)
    expect(await ask('SELECT 1')).toEqual([[1]])
  }),
)

test('EXPLAIN tells how a query is run', () =>
  withConsole(async (ask) => {
    expect(await ask('EXPLAIN QUERY PLAN SELECT 1')).toHaveLength(1)
    expect(await ask('explain with x as (select 1) select * from x', 100)).not.toHaveLength(0)
  }))

test('a long blank beginning is passed over in a moment', () =>
  withConsole(async (ask) => {
    expect(await ask(`${' '.repeat(99_000)}1`)).toContain('only SELECT')
    expect(await ask(`${'/**/'.repeat(24_000)}1`)).toContain('only SELECT')
  }))

test('what a statement could have set does not hold for the next one', () =>
  inTemporaryFolder((dataDir) => {
    openStore(dataDir).close()
    const db = openForConsole(dataDir, () => [])
    db.pragma('query_only = OFF')
    guardConsole(db)
    expect(db.pragma('query_only', { simple: true })).toBe(1)
    db.close()
    return Promise.resolve()
  }))

test('a cell and an answer have an end, and say where they were cut', () =>
  inTemporaryFolder((dataDir) => {
    openStore(dataDir).close()
    const console = openConsole(dataDir, { cellCharacters: 10, characters: 35 })
    const numbers = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100)'
    expect(console.run(`${numbers} SELECT printf('%0*d', i * 6, i) AS text FROM n`, 1000)).toMatchObject({
      rows: [['000001'], ['0000000000…'], ['0000000000…'], ['0000000000…']],
      truncated: true,
      cutCells: 3,
    })
    expect(console.run('SELECT 1', 1)).toMatchObject({ truncated: false, cutCells: 0 })
    return Promise.resolve()
  }))

test('no answer takes the memory of its host', () =>
  inTemporaryFolder(async (dataDir) => {
    openStore(dataDir).close()
    const own = (client = consoleClient(dataDir, () => undefined, undefined, patient))
    const numbers = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000)'
    const result = await own.run({ sql: `${numbers} SELECT printf('%0200000d', i) FROM n`, limit: 10_000 })
    if (!result.ok) throw new Error(result.error.message)
    expect(result.value).toMatchObject({ truncated: true, cutCells: result.value.rows.length })
    expect(JSON.stringify(result.value).length).toBeLessThan(17_000_000)
  }))

test('a query that runs away is stopped, and the next one is answered', () =>
  withConsole(
    async (ask) => {
      const endless = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'
      const [stopped, after] = await Promise.all([ask(endless), ask('SELECT 2')])
      expect(stopped).toBe('stopped: it ran for more than 5 s')
      expect(after).toEqual([[2]])
    },
    { timeoutMs: 5000 },
  ))

test('what its process takes to start is no time of a statement', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  let tell: (message: unknown) => void = () => undefined
  const rows = { columns: ['1'], rows: [[1]], truncated: false, cutCells: 0, tookMs: 0 }
  const own = (client = consoleClient(
    '',
    () => undefined,
    () => ({
      send: (request) => {
        tell({ id: (request as { id: number }).id, rows })
      },
      onMessage: (listener) => {
        tell = listener
      },
      onExit: () => undefined,
      kill: () => undefined,
    }),
  ))
  const answer = own.run({ sql: 'SELECT 1', limit: 1 })
  await vi.advanceTimersByTimeAsync(60_000)
  tell({ kind: 'ready' })
  expect(await answer).toMatchObject({ ok: true, value: { rows: [[1]] } })
})

test('rows are capped, 64-bit integers and bytes come as text', () =>
  withConsole(async (ask) => {
    const numbers = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100) SELECT i FROM n'
    expect(await ask(numbers, 3)).toEqual([[1], [2], [3]])
    expect(await ask("SELECT 9007199254740993, x'00ff', NULL, 1.5, 'text'")).toEqual([
      ['9007199254740993', "x'00ff'", null, 1.5, 'text'],
    ])
  }))
