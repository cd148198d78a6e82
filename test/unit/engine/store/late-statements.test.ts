import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { alertKeeper } from '../../../../src/engine/alerts/keeper.ts'
import { createImporter } from '../../../../src/engine/exchange/importer.ts'
import { migrate } from '../../../../src/engine/store/database.ts'
import { jobRunner } from '../../../../src/engine/store/jobs.ts'
import { preparingLate } from '../../../../src/engine/store/late-statements.ts'
import { storeKeeper } from '../../../../src/engine/store/store-procedures.ts'
import { createWriter } from '../../../../src/engine/store/writer.ts'

const named = 'SELECT column1 AS n, column2 AS word FROM (VALUES (1, ?), (2, ?))'

test('a statement is prepared with its first use, once, and is what it was told to be before and after', () => {
  const plain = new Database(':memory:')
  const prepare = vi.spyOn(plain, 'prepare')
  const db = preparingLate(plain)
  const plucked = db.prepare<[string, string], number>(named).pluck()
  const raw = db.prepare<[string, string], [bigint, string]>(named).raw().safeIntegers()
  expect(prepare).not.toHaveBeenCalled()

  expect(plucked.all('a', 'b')).toEqual([1, 2])
  expect(plucked.get('a', 'b')).toBe(1)
  expect(prepare).toHaveBeenCalledTimes(1)
  expect([...raw.iterate('a', 'b')]).toEqual([
    [1n, 'a'],
    [2n, 'b'],
  ])
  expect(raw.raw(false).get('a', 'b')).toEqual({ n: 1n, word: 'a' })
  expect(raw.columns().map(({ name }) => name)).toEqual(['n', 'word'])
  expect([raw.readonly, raw.reader]).toEqual([true, true])
  expect(prepare).toHaveBeenCalledTimes(2)
  expect(() => db.prepare('SELECT word FROM nowhere').get()).toThrow('no such table: nowhere')
})

test('all that the writer has ready can be prepared', () => {
  const db = new Database(':memory:')
  migrate(db)
  expect(() => {
    const writer = createWriter(db)
    createImporter(db, writer, () => undefined)
    alertKeeper(db)
    storeKeeper(
      db,
      writer,
      jobRunner(() => undefined),
    )
  }).not.toThrow()
})
