import { mkdtempSync, rmSync, statSync, writeFileSync, type Stats, type statSync as nodeStat } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../../src/engine/make-folder.ts'

// Node's own way of making all of a path never comes back from there.
test.runIf(process.platform === 'linux')('where the system lets nobody make anything it says so, and ends', () => {
  expect(() => makeFolder('/proc/self/a/b')).toThrow(
    /^the folder \/proc\/self\/a cannot be made: (the system lets nobody make anything|your user may not write) there$/,
  )
})

test.each([
  ['EACCES', 'your user may not write there'],
  ['EROFS', 'that disk can only be read'],
  ['ENAMETOOLONG', 'the path is too long'],
  ['EIO', 'EIO: i/o error'],
])('%s: which folder cannot be made, and why, in words', (code, why) => {
  const refuse = (): never => {
    throw Object.assign(new Error('EIO: i/o error'), { code })
  }
  const words = `the folder /there/it cannot be made: ${why}`
  const isThere = { isDirectory: () => true } as Stats
  const statSync = ((path: string) => (path === '/there/it' ? undefined : isThere)) as unknown as typeof nodeStat
  for (const fs of [
    { mkdirSync: refuse, statSync },
    { mkdirSync: refuse, statSync: refuse },
  ])
    expect(() => makeFolder('/there/it', fs)).toThrow(expect.objectContaining({ message: words, code }) as Error)
})

test('makes what is missing for its owner alone, and takes no file for a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-folder-'))
  try {
    makeFolder(join(folder, 'a', 'b'))
    makeFolder(join(folder, 'a', 'b'))
    if (process.platform !== 'win32') expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700)
    writeFileSync(join(folder, 'file'), '')
    expect(() => makeFolder(join(folder, 'file'))).toThrow('is not a folder')
    expect(() => makeFolder(join(folder, 'file', 'x'))).toThrow('is not a folder')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
