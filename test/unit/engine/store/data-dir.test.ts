import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockDataDir, openForReading, openForWriting } from '../../../../src/engine/store/database.ts'
import { temporaryFolder } from './temporary.ts'

test('a data folder has one owner at a time', () => {
  const folder = temporaryFolder()
  const lock = lockDataDir(folder)
  expect(() => lockDataDir(folder)).toThrow(`another Colophon is using ${folder}`)
  lock.release()
  lockDataDir(folder).release()
})

test('the folder and its database are readable by their owner alone', () => {
  const folder = join(temporaryFolder(), 'made')
  openForWriting(folder).close()
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'colophon.db')).mode & 0o777).toBe(0o600)
})

test('a reader sees what is committed, cannot write, and does not make a database', () => {
  const folder = temporaryFolder()
  expect(() => openForReading(folder)).toThrow()
  const writer = openForWriting(folder)
  const reader = openForReading(folder)
  writer.prepare("INSERT INTO name (text) VALUES ('seen')").run()
  expect(reader.prepare('SELECT text FROM name').pluck().all()).toEqual(['seen'])
  expect(() => reader.prepare("INSERT INTO name (text) VALUES ('mine')").run()).toThrow()
  reader.close()
  writer.close()
})
