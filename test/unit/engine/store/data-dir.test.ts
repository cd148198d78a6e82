import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockDataDir, openForReading, openForWriting } from '../../../../src/engine/store/database.ts'
import { nodeCommand } from '../../../node-command.ts'
import { temporaryFolder } from './temporary.ts'

test('a data folder has one owner at a time', () => {
  const folder = temporaryFolder()
  const lock = lockDataDir(folder)
  expect(() => lockDataDir(folder)).toThrow(`another Colophon (process ${String(process.pid)}) is using ${folder}`)
  lock.release()
  lockDataDir(folder).release()
})

test('a holder that has ended is not named', () => {
  const folder = temporaryFolder()
  const lock = lockDataDir(folder)
  const [command, args] = nodeCommand('--version')
  writeFileSync(join(folder, 'holder'), String(spawnSync(command, args).pid))
  expect(() => lockDataDir(folder)).toThrow(`another Colophon is using ${folder}`)
  lock.release()
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

test('nobody else can hold the lock of a data folder, nor open its database while it is made', () => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  lockDataDir(folder).release()
  expect(statSync(join(folder, 'lock')).mode & 0o777).toBe(0o600)

  const older = temporaryFolder()
  writeFileSync(join(older, 'lock'), '', { mode: 0o644 })
  const lock = lockDataDir(older)
  expect(statSync(join(older, 'lock')).mode & 0o777).toBe(0o600)
  expect(() => lockDataDir(older)).toThrow(/another Colophon .*is using/)
  lock.release()
})

test('the lock outlasts another attempt at it, also of another process', () => {
  const folder = temporaryFolder()
  const lock = lockDataDir(folder)
  expect(() => lockDataDir(folder)).toThrow()
  const module = new URL('../../../../src/engine/store/database.ts', import.meta.url).href
  const attempt = `await import(${JSON.stringify(module)}).then(({ lockDataDir }) => lockDataDir(${JSON.stringify(folder)}))`
  expect(() => execFileSync(...nodeCommand('--input-type=module', '-e', attempt), { stdio: 'pipe' })).toThrow(
    /another Colophon .*is using/,
  )
  lock.release()
})
