import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useNow } from '../../../../src/renderer/data/use-now.ts'

beforeEach(() => vi.useFakeTimers({ now: 1_790_000_000_300 }))
afterEach(() => vi.useRealTimers())

it('tells all who need the moment of it with each whole second, by one timer', () => {
  const scope = effectScope()
  const [a, b] = scope.run(() => [useNow(), useNow()]) ?? []
  expect([a?.value, b?.value, vi.getTimerCount()]).toEqual([1_790_000_000_300, 1_790_000_000_300, 1])
  vi.advanceTimersByTime(700)
  expect([a?.value, b?.value, vi.getTimerCount()]).toEqual([1_790_000_001_000, 1_790_000_001_000, 1])
  vi.advanceTimersByTime(2000)
  expect(a?.value).toBe(1_790_000_003_000)
  scope.stop()
  expect(vi.getTimerCount()).toBe(0)
})

it('rests while nobody needs it, and is right as soon as somebody does', async () => {
  const needed = ref(false)
  const scope = effectScope()
  const now = scope.run(() => useNow(needed))
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(60_000)
  needed.value = true
  await nextTick()
  expect([now?.value, vi.getTimerCount()]).toEqual([1_790_000_060_300, 1])
  needed.value = false
  await nextTick()
  vi.advanceTimersByTime(5000)
  expect([now?.value, vi.getTimerCount()]).toEqual([1_790_000_060_300, 0])
  scope.stop()
})
