import { expect, test } from 'vitest'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { knownFilesReader, notWhole, type KnownFiles } from '../../../src/engine/history/known-files.ts'
import { readHomes, type HistoryBatch } from '../../../src/engine/history/read-homes.ts'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { longId, turnsOfLong, writeLong } from './long-rollout.ts'
import { inTemporaryHome } from './rollout-facts.ts'

async function batchesOf(home: string, goesOn: () => boolean, known: KnownFiles = new Map()): Promise<HistoryBatch[]> {
  const batches: HistoryBatch[] = []
  await readHomes({
    files: findRollouts(home).files.map((file) => ({ ...file, home })),
    known,
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
    for (const { progress, told } of files) writer.write(progress, told)
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
      const batches = await batchesOf(home, times(20))
      expect(batches.length).toBeGreaterThan(1)
      expect(unsettledAfter(dataDir, batches).at(-1)).toBe(true)
    }),
  ))

test('and is read on from there the next time, though it has not changed', () =>
  inTemporaryHome((home) =>
    inTemporaryHome(async (dataDir) => {
      writeLong(home)
      const first = await batchesOf(home, times(20))
      unsettledAfter(dataDir, first)
      const db = openForWriting(dataDir)
      const known = knownFilesReader(db)()
      db.close()
      const second = await batchesOf(home, () => true, known)
      const turns = (batches: readonly HistoryBatch[]): number =>
        batches.flatMap(({ files }) => files.flatMap(({ told }) => told.rows.get('rollout_turn_start') ?? [])).length
      expect(turns(first)).toBeLessThan(turnsOfLong)
      expect(turns(first) + turns(second)).toBe(turnsOfLong)
    }),
  ))

test('how the newest files begin is told before any of them is read to its end', () =>
  inTemporaryHome(async (home) => {
    writeLong(home)
    writeLong(home, 'other', otherId)
    const [first, ...others] = await batchesOf(home, () => true)
    const begun = first?.files.map(({ progress, told }) => [
      progress.threadId,
      told.rows.has('rollout_thread'),
      progress.bytes,
    ])
    expect(begun?.sort()).toEqual([longId, otherId].map((id) => [id, true, notWhole]))
    const whole = others.flatMap(({ files }) => files.filter(({ progress }) => progress.bytes !== notWhole))
    expect(whole.map(({ progress }) => progress.threadId).sort()).toEqual([longId, otherId])
  }))

const otherId = longId.replace('22214', '22215')

function times(count: number): () => boolean {
  let asked = 0
  return () => asked++ < count
}
