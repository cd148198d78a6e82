import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { loadToken } from '../../../src/engine/api/token.ts'
import { readUndoRecords } from '../../../src/engine/config/undo-record.ts'
import { contentOf, fileSource } from '../../../src/engine/exchange/import-source.ts'
import { readTlsFiles } from '../../../src/engine/forwarding/tls-files.ts'
import { readReceiverSettings, writeReceiverSettings } from '../../../src/engine/receivers/settings-file.ts'
import { openFolder } from '../../../src/engine/reading/open-folder.ts'
import { piecesOfRegularFile, readRegularFile } from '../../../src/engine/regular-file.ts'
import { openForConsole } from '../../../src/engine/store/database.ts'
import { openWordsForReading } from '../../../src/engine/store/words-file.ts'
import type { Destination } from '../../../src/model/forwarding/destination.ts'
import { connect } from '../../../src/team/connection.ts'
import { makePipe, specialFiles } from './special-files.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'colophon-files-'))
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true })
  })
  return path
}

const limits = { mostBytes: 1024 * 1024, followsLinks: true }

describe.each(specialFiles)('%s under the name of a file', (_kind, make) => {
  test('is refused before it is read', async () => {
    const path = join(folder(), 'file')
    make(path)
    expect(() => readRegularFile(path, limits)).toThrow(`${path} is not a file`)
    await expect(piecesOfRegularFile(path, 10).next()).rejects.toThrow(`${path} is not a file`)
  })

  test('is no certificate and no import', async () => {
    const path = join(folder(), 'file')
    make(path)
    const destination = { caFile: path, certFile: null, keyFile: null } as Destination
    expect(() => readTlsFiles(destination)).toThrow(`${path} cannot be read`)
    const team = { url: 'https://team.example:8443', user: 'reader', password: '', database: 'otel' }
    for (const files of [{ caFile: path }, { certFile: path, keyFile: path }])
      await expect(connect({ ...team, ...files })).rejects.toThrow(`${path} cannot be read: ${path} is not a file`)
    expect(() => fileSource(path)).toThrow('not a file')
  })

  test('is no database', () => {
    const dataDir = folder()
    make(join(dataDir, 'colophon.db'))
    make(join(dataDir, 'words.db'))
    expect(() => openFolder(dataDir)).toThrow(`${join(dataDir, 'colophon.db')} is not a file`)
    expect(() => openForConsole(dataDir, () => [])).toThrow('is not a file')
    expect(() => openWordsForReading(dataDir, '')).toThrow('is not a file')
  })

  test('holds no settings', () => {
    const dataDir = folder()
    make(join(dataDir, 'receivers.json'))
    make(join(dataDir, 'config-undo.json'))
    expect(readReceiverSettings(dataDir)).toBeNull()
    expect(readUndoRecords(dataDir)).toEqual([])
  })
})

test('a link is refused where none is wanted', () => {
  const path = join(folder(), 'file')
  specialFiles[2]?.[1](path)
  expect(() => readRegularFile(path, { ...limits, followsLinks: false })).toThrow(`${path} is not a file`)
})

test('what is longer than it may be is not read to its end', () => {
  const path = join(folder(), 'file')
  writeFileSync(path, '')
  truncateSync(path, 8 * 1024 ** 4)
  expect(() => readRegularFile(path, limits)).toThrow(`${path} is longer than 1 MiB`)
})

test('a file that is exchanged for a pipe between the look and the import is refused', async () => {
  const path = join(folder(), 'file')
  writeFileSync(path, '{}')
  const source = fileSource(path)
  rmSync(path)
  makePipe(path)
  await expect(contentOf(source, { read: () => undefined, pause: () => Promise.resolve() }).next()).rejects.toThrow(
    `${path} is not a file`,
  )
})

test('a pipe in the place where a file is made anew is passed over', () => {
  const dataDir = folder()
  makePipe(join(dataDir, 'token.new'))
  makePipe(join(dataDir, 'receivers.json.new'))
  expect(loadToken(dataDir)).toBe(loadToken(dataDir))
  writeReceiverSettings(dataDir, { grpc: null, http: null } as never)
  for (const name of ['token', 'receivers.json']) expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600)
})
