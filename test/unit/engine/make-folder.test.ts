import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../../src/engine/make-folder.ts'

// Node's own way of making all of a path never comes back from there.
test.runIf(process.platform === 'linux')('where the system lets nobody make anything it says so, and ends', () => {
  expect(() => makeFolder('/proc/self/a/b')).toThrow(/ENOENT|EACCES|EPERM/)
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
