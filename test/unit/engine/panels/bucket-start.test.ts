import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { addBucketStart } from '../../../../src/engine/panels/bucket-start.ts'

test('whoever tells edges is answered by them, however many have asked for the function on one connection', () => {
  const db = new Database(':memory:')
  const start = (atMs: number): unknown => db.prepare('SELECT bucket_start(?)').pluck().get(atMs)
  const panels = addBucketStart(db)
  const spending = addBucketStart(db)
  spending([0, 100, 200])
  expect(start(150)).toBe(100)
  panels([0, 10, 20])
  expect(start(15)).toBe(10)
  spending([0, 100, 200])
  expect(start(150)).toBe(100)
  db.close()
})
