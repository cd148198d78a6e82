import { expect, onTestFinished, test, vi } from 'vitest'
import type { TeamDoing } from '../../../src/contract/team.ts'
import { keepDoings, under } from '../../../src/team/doing.ts'

test('what takes more than a second is told of while it goes on, and that it has ended', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const told: (readonly TeamDoing[])[] = []
  const doings = keepDoings((doing) => told.push(doing))
  let end: () => void = () => undefined
  const long = under(doings, 'long', (doing) => {
    doing.at(3, 10)
    return new Promise<void>((resolve) => (end = resolve))
  })
  await under(doings, 'short', () => Promise.resolve())
  await vi.advanceTimersByTimeAsync(900)
  expect(told).toEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  expect(told).toEqual([[{ what: 'long', done: 3, total: 10 }]])
  end()
  await long
  expect(told.at(-1)).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})
