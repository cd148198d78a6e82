import { expect, test, vi } from 'vitest'
import { startPage } from '../../../src/cli/page.ts'
import { startApiServer } from '../../../src/engine/api/server.ts'
import { whyNot } from '../../../src/engine/receivers/why-not.ts'
import { toldOf } from '../../../src/engine/saying-why.ts'

vi.mock(import('../../../src/engine/api/server.ts'), () => ({ startApiServer: vi.fn() }))

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

test.each([
  ['ENOTFOUND', 'no machine of this name is known'],
  ['EAI_AGAIN', 'no machine of this name is known'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['EACCES', 'your user may not listen on this port'],
  ['EMFILE', 'the message'],
])('%s: why nothing can listen there, in words', async (code, words) => {
  const error = Object.assign(new Error('the message'), { code })
  expect((await whyNot(error, { host: 'there', port: 80 }, [])).error).toBe(`there:80: ${words}`)
  vi.mocked(startApiServer).mockRejectedValueOnce(error)
  await expect(startPage({ host: 'there', port: 80 }, {} as never)).rejects.toThrow(
    `the page cannot listen on there: ${words}`,
  )
})
