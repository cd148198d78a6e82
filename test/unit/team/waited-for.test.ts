import { expect, test, vi } from 'vitest'
import { Left, stopped, unlessLeft, waiters, waiting, whileWaited } from '../../../src/team/waited-for.ts'

/** Work that ends when it is told to, or is given up. */
function work() {
  let end: (value: string) => void = () => undefined
  const given: (AbortSignal | undefined)[] = []
  const run = () => {
    const signal = waiting()
    given.push(signal)
    return new Promise<string>((resolve, reject) => {
      end = resolve
      signal?.addEventListener('abort', () => {
        reject(new Left())
      })
    })
  }
  return { run, end: (value: string) => end(value), isGivenUp: () => given.some((signal) => signal?.aborted) }
}

test('who leaves hears so at once, and the work goes on for the others', async () => {
  const [crowd, one] = [waiters(), work()]
  const result = crowd.run(one.run)
  const [first, second] = [new AbortController(), new AbortController()]
  const left = whileWaited(first.signal, () => crowd.wait(result))
  const stays = whileWaited(second.signal, () => crowd.wait(result))
  first.abort()
  await expect(left).rejects.toThrow(Left)
  expect(one.isGivenUp()).toBe(false)
  one.end('done')
  expect(await stays).toBe('done')
})

test('what the last one has left is given up, and who comes later begins anew', async () => {
  const [crowd, one] = [waiters(), work()]
  const result = crowd.run(one.run)
  const given = new AbortController()
  const left = whileWaited(given.signal, () => crowd.wait(result))
  given.abort()
  await expect(left).rejects.toThrow(Left)
  expect(one.isGivenUp()).toBe(true)
  await expect(result).rejects.toThrow(Left)
  const again = work()
  const later = crowd.run(again.run)
  again.end('done')
  expect(await crowd.wait(later)).toBe('done')
  expect(again.isGivenUp()).toBe(false)
})

test('a command that waits for as long as it takes keeps the work going', async () => {
  const [crowd, one] = [waiters(), work()]
  const result = crowd.run(one.run)
  const command = crowd.wait(result)
  const given = new AbortController()
  const left = whileWaited(given.signal, () => crowd.wait(result))
  given.abort()
  await expect(left).rejects.toThrow(Left)
  expect(one.isGivenUp()).toBe(false)
  one.end('done')
  expect(await command).toBe('done')
})

test('who comes just when others have left asks once more; what was stopped, or left by oneself, stays so', async () => {
  const asked = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Left()).mockResolvedValue('done')
  expect(await unlessLeft(asked)).toBe('done')
  await expect(unlessLeft(() => Promise.reject(stopped()))).rejects.toThrow('it was stopped')
  const own = vi.fn<() => Promise<string>>().mockRejectedValue(new Left())
  await expect(whileWaited(AbortSignal.abort(), () => unlessLeft(own))).rejects.toThrow(Left)
  expect(own).toHaveBeenCalledTimes(1)
})
