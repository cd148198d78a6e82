import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { historyStore } from '../../../src/engine/history/history-store.ts'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
import type { Db } from '../../../src/engine/store/database.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { createWriter, type Writer } from '../../../src/engine/store/writer.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { openStoreFile } from '../engine/empty-store.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { readFacts } from '../engine/tables.ts'
import { longId } from './long-rollout.ts'
import { storeHome } from './stored-home.ts'

const turns = 1000
const mostRows = 200
const tables = ['file_turn', 'turn', 'turn_share'] as const

function line(second: number, type: string, payload: object): string {
  const timestamp = new Date(Date.UTC(2026, 10, 28, 12, 0, second)).toISOString()
  return `${JSON.stringify({ timestamp, type, payload })}\n`
}

/** A file of many turns, a second each. */
function writeTurns(home: string, count = turns): void {
  const folder = join(home, 'sessions', '2026', '11', '28')
  mkdirSync(folder, { recursive: true })
  const all = Array.from({ length: count }, (_, n) => {
    const turn = { turn_id: `turn-${String(n)}` }
    return [
      line(n, 'event_msg', { type: 'task_started', ...turn }),
      line(n, 'event_msg', { type: 'task_complete', ...turn, duration_ms: 900 }),
    ]
  })
  const meta = line(0, 'session_meta', { id: longId, timestamp: '2026-11-28T12:00:00.000Z', cwd: '/work' })
  writeFileSync(join(folder, `rollout-2026-11-28T12-00-00-${longId}.jsonl`), meta + all.flat().join(''))
}

function settle(writer: Writer): void {
  while (!writer.settle(1000));
  while (!writer.sumUp(1000, 1e6));
}

const countOf = (db: Db, table: string): number =>
  db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
const rowsIn = (db: Db): number[] => tables.map((table) => countOf(db, table))

async function longSession(
  work: (given: { db: Db; dataDir: string; home: string }) => Promise<void> | void,
): Promise<void> {
  await inTemporaryFolder((dataDir) =>
    inTemporaryFolder(async (home) => {
      const db = openStoreFile(dataDir)
      writeTurns(home)
      await storeHome(db, home)
      settle(createWriter(db))
      expect(countOf(db, 'turn')).toBe(turns)
      await work({ db, dataDir, home })
      db.close()
    }),
  )
}

/** Without what names the folder, and what counts how often something was done. */
function factsIn(dataDir: string): unknown {
  const { rollout_file: _file, ...facts } = readFacts(dataDir, ['turn_share', 'left_session', 'left_file'])
  return facts
}

test('what a long file said is hidden at once when it is forgotten, and gone in pieces between bodies', () =>
  longSession(({ db, dataDir }) => {
    const store = historyStore(db)
    const writer = createWriter(db)
    const bodies = [...loadRolloutRun('01_fix').bodies]
    let before = rowsIn(db)
    let pieces = 0
    for (let left = 1; left > 0; pieces++) {
      left = store.forgetSome(0).left
      expect(['rollout_turn', 'rollout_thread'].map((view) => countOf(db, view))).toEqual([0, 0])
      expect(db.prepare('SELECT 1 FROM session WHERE id = ?').get(longId)).toBeUndefined()
      const after = rowsIn(db)
      // The first forgets as well as sweeps.
      after.forEach((rows, i) => expect((before[i] ?? 0) - rows).toBeLessThanOrEqual(2 * mostRows))
      before = after
      const body = bodies.shift()
      if (body !== undefined) writer.store([{ ...body, bytes: body.bytes.slice(), origin: 'received' }])
    }
    expect(pieces).toBeGreaterThan(turns / mostRows)
    expect(rowsIn(db)).toEqual([0, 0, 0])
    settle(writer)
    // The run that came between is whole, and nothing else is there.
    expect(readFacts(dataDir).session?.length).toBe(1)
    expect(countOf(db, 'turn')).toBe(1)
  }))

test('what a kill cut off goes on at the next start', () =>
  longSession(({ db, dataDir }) => {
    historyStore(db).forgetSome(0)
    expect(countOf(db, 'file_turn')).toBeGreaterThan(0)
    expect(countOf(db, 'turn')).toBeGreaterThan(0)
    const next = openForWriting(dataDir)
    const { sweep } = createWriter(next)
    while (!sweep.step(0));
    expect(rowsIn(next)).toEqual([0, 0, 0])
    next.close()
  }))

test('a file that is read anew in the middle is as if it had been read once', () =>
  longSession(async ({ db, dataDir, home }) => {
    const before = factsIn(dataDir)
    const { sweep } = createWriter(db)
    rolloutWriter(db).takeBack(longId)
    sweep.step(0)
    await storeHome(db, home)
    sweep.step(0)
    const writer = createWriter(db)
    settle(writer)
    while (!sweep.step(0));
    expect(factsIn(dataDir)).toEqual(before)
  }))

test('and one that has become shorter leaves nothing of what it said before', () =>
  longSession(async ({ db, dataDir, home }) => {
    rolloutWriter(db).takeBack(longId)
    writeTurns(home, 3)
    await storeHome(db, home)
    const writer = createWriter(db)
    settle(writer)
    while (!writer.sweep.step(0));
    expect(rowsIn(db).slice(0, 2)).toEqual([3, 3])
    expect(readFacts(dataDir).session?.[0]).toMatchObject({ turns: 3n })
  }))
