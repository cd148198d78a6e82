import { expect, test } from 'vitest'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { readHomes, type HistoryBatch } from '../../../src/engine/history/read-homes.ts'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { writeLong } from './long-rollout.ts'
import { inTemporaryHome } from './rollout-facts.ts'

async function batchesOf(home: string, goesOn: () => boolean): Promise<HistoryBatch[]> {
  const batches: HistoryBatch[] = []
  await readHomes({
    files: findRollouts(home).files.map((file) => ({ ...file, home })),
    known: new Map(),
    write: (batch) => {
      batches.push(batch)
      return Promise.resolve()
    },
    goesOn,
    progress: () => undefined,
    problem: () => undefined,
  })
  return batches
}

/** Whether the session waits to be settled, after each batch. */
function unsettledAfter(dataDir: string, batches: readonly HistoryBatch[]): boolean[] {
  const db = openForWriting(dataDir)
  const writer = rolloutWriter(db)
  const unsettled = db.prepare('SELECT 1 FROM unsettled')
  const after = batches.map(({ files }) => {
    for (const { progress, facts } of files) writer.write(progress, facts)
    return unsettled.get() !== undefined
  })
  db.close()
  return after
}

test('a file of many parts is settled once, behind its last', () =>
  inTemporaryHome((home) =>
    inTemporaryHome(async (dataDir) => {
      writeLong(home)
      const batches = await batchesOf(home, () => true)
      expect(batches.length).toBeGreaterThan(2)
      expect(unsettledAfter(dataDir, batches)).toEqual(batches.map((_, index) => index === batches.length - 1))
    }),
  ))

test('one that is stopped at in the middle is settled as far as it was read', () =>
  inTemporaryHome((home) =>
    inTemporaryHome(async (dataDir) => {
      writeLong(home)
      let pieces = 0
      const batches = await batchesOf(home, () => pieces++ < 2)
      expect(batches.length).toBeGreaterThan(1)
      expect(unsettledAfter(dataDir, batches).at(-1)).toBe(true)
    }),
  ))
