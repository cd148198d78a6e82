import { expect, test } from 'vitest'
import { historyName } from '../../../src/model/ledger/history.ts'
import { captureNames } from '../../captures.ts'
import { withCaptures, type StoredCaptures } from './stored-captures.ts'

function rank(
  { reader }: StoredCaptures,
  kind: 'tool' | 'model',
  name: string,
  durationMs: number,
): [number, number | null] {
  const { count, percentile } = reader['call.percentile']({ kind, name, durationMs })
  return [count, percentile]
}

test('a call ranks among all calls of its command, without the wait for an approval', () =>
  withCaptures(['16_tui'], (store) => {
    // Two were approved by hand after 17.6 s and 2.8 s and ran 36 and 37 ms; those of the title sessions ended at once.
    expect(rank(store, 'tool', 'exec_command touch', 36)).toEqual([5, 60])
    expect(rank(store, 'tool', 'exec_command touch', 37)).toEqual([5, 80])
    expect(rank(store, 'tool', 'exec_command touch', 10_000)).toEqual([5, 100])
    expect(rank(store, 'tool', 'exec_command nothing', 36)).toEqual([0, null])
    expect(rank(store, 'model', 'gpt-5.5', 0)).toEqual([17, 0])
    expect(rank(store, 'model', 'gpt-5.5', 5000)).toEqual([17, (100 * 16) / 17])
  }))

test('a row of the tree finds its history by its label and detail', () =>
  withCaptures(captureNames, (store) => {
    const { sessions } = store.reader['session.list']({ helpers: true, limit: 1000, offset: 0 })
    for (const { id, parentId } of sessions) {
      if (parentId !== null) continue
      for (const row of store.reader['session.tree']({ id }).rows) {
        if (row.kind !== 'tool_call' || row.status === 'cancelled' || row.durationMs === null) continue
        const [count] = rank(store, 'tool', historyName(row.label, row.detail), row.durationMs)
        expect(count, `${row.label} ${row.detail}`).toBeGreaterThan(0)
      }
    }
  }))

test('the history is that of the facts, also after a rebuild and when calls go', () =>
  withCaptures(captureNames, (store) => {
    const { db } = store
    const counted = (): unknown => db.prepare('SELECT * FROM duration_history ORDER BY kind, name, ms').all()
    const facts = (): unknown =>
      db
        .prepare(
          `SELECT 'model' AS kind, model AS name, (duration_ns + 500000) / 1000000 AS ms, count(*) AS calls FROM api_call
           WHERE duration_ns IS NOT NULL AND status = 'completed' GROUP BY 2, 3
           UNION ALL
           SELECT 'tool', history, run_ms, count(*) FROM tool_call WHERE run_ms IS NOT NULL GROUP BY 2, 3
           ORDER BY kind, name, ms`,
        )
        .all()
    expect(counted()).toEqual(facts())
    store.writer.rebuild()
    store.settle()
    expect(counted()).toEqual(facts())
    db.prepare('DELETE FROM tool_call WHERE session_id = ?').run(store.user)
    db.prepare('DELETE FROM api_call WHERE session_id = ?').run(store.user)
    expect(counted()).toEqual(facts())
  }))

test('among 600,000 calls of one command the answer takes less than 40 ms of the processor', () =>
  withCaptures([], ({ db, reader }) => {
    // As the facts would be counted: every millisecond up to two minutes, five calls each.
    db.exec(`INSERT INTO duration_history
      WITH RECURSIVE ms (ms) AS (SELECT 0 UNION ALL SELECT ms + 1 FROM ms WHERE ms < 119999)
      SELECT 'tool', 'exec_command cargo', ms, 5 FROM ms`)
    const times = Array.from({ length: 5 }, () => {
      const begun = process.threadCpuUsage()
      const { count, percentile } = reader['call.percentile']({
        kind: 'tool',
        name: 'exec_command cargo',
        durationMs: 90_000,
      })
      expect([count, percentile]).toEqual([600_000, 75])
      const { user, system } = process.threadCpuUsage(begun)
      return (user + system) / 1000
    })
    expect(Math.min(...times)).toBeLessThan(40)
  }))
