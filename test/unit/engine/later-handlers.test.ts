import { expect, test, vi } from 'vitest'
import { laterHandlers } from '../../../src/engine/later-handlers.ts'

test('handlers are loaded with the first question, once for all of them, and again where that failed', async () => {
  const load = vi
    .fn(async () =>
      Promise.resolve({ one: async (n: number) => Promise.resolve(n + 1), two: async () => Promise.resolve('two') }),
    )
    .mockRejectedValueOnce(new Error('the app was updated meanwhile'))
  const handlers = laterHandlers(['one', 'two'], load)
  expect(load).not.toHaveBeenCalled()
  await expect(handlers.one(1)).rejects.toThrow('updated meanwhile')
  expect(await Promise.all([handlers.one(1), handlers.two(), handlers.one(2)])).toEqual([2, 'two', 3])
  expect(load).toHaveBeenCalledTimes(2)
})
