import { expect, test } from 'vitest'
import { toldOf } from '../../../src/engine/saying-why.ts'

test('a write that the system refused is told in words, with its place where it is known; all else as it is', () => {
  const system = (code: string, message: string, path?: string) => Object.assign(new Error(message), { code, path })
  expect(toldOf(system('ENOSPC', 'ENOSPC: no space left on device, write'))).toBe('the disk is full')
  expect(toldOf(system('EROFS', "EROFS: read-only file system, open '/a'", '/a'))).toBe(
    '/a: that disk can only be read',
  )
  expect(toldOf(system('ENOSPC', '/a cannot be written: the disk is full'))).toBe(
    '/a cannot be written: the disk is full',
  )
  expect(toldOf(new Error('there is no session x'))).toBe('there is no session x')
  expect(toldOf('a word')).toBe('a word')
})
