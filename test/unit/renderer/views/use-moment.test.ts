import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp, effectScope, nextTick, shallowRef } from 'vue'
import type { Bridge } from '../../../../src/contract/bridge.ts'
import type { Changed, Topic } from '../../../../src/contract/changes.ts'
import { bridgeKey } from '../../../../src/renderer/bridge/index.ts'
import type { Range } from '../../../../src/renderer/range/range.ts'
import { useMoment } from '../../../../src/renderer/views/overview/use-moment.ts'

function start(first: Range) {
  const listeners = new Set<(changed: Changed) => void>()
  const bridge: Bridge = {
    invoke: () => new Promise(() => undefined),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const range = shallowRef(first)
  const visibility = shallowRef<DocumentVisibilityState>('visible')
  const scope = effectScope()
  const app = createApp({}).provide(bridgeKey, bridge)
  const moment = app.runWithContext(() => scope.run(() => useMoment(() => range.value, visibility)))
  if (!moment) throw new Error('The scope did not run.')
  const push = (...topics: Topic[]) => listeners.forEach((listener) => listener({ topics }))
  return { moment, range, visibility, push, stop: () => scope.stop(), listeners }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('looks at most every two seconds at a short range, however much arrives', () => {
  const { moment, push, stop } = start({ kind: 'preset', id: '1h' })
  for (let ms = 0; ms < 10_000; ms += 100) {
    push('sessions')
    vi.advanceTimersByTime(100)
  }
  expect(moment.value.turn).toBe(5)
  expect(moment.value.bounds.toMs - moment.value.bounds.fromMs).toBe(3_600_000)
  push('settings')
  vi.advanceTimersByTime(5000)
  expect(moment.value.turn).toBe(5)
  stop()
})

test('looks at most every thirty seconds at a range over a week', () => {
  const { moment, push, stop } = start({ kind: 'preset', id: '30d' })
  for (let ms = 0; ms < 60_000; ms += 500) {
    push('sessions')
    vi.advanceTimersByTime(500)
  }
  expect(moment.value.turn).toBe(2)
  stop()
})

test('looks at once when the range changes', async () => {
  const { moment, range, stop } = start({ kind: 'preset', id: '30d' })
  range.value = { kind: 'custom', fromMs: 5, toMs: 9 }
  await nextTick()
  expect(moment.value).toEqual({ bounds: { fromMs: 5, toMs: 9 }, turn: 1 })
  stop()
})

test('does not look while the page is hidden, and once when it shows again', async () => {
  const { moment, visibility, push, stop } = start({ kind: 'preset', id: '1h' })
  visibility.value = 'hidden'
  push('sessions')
  vi.advanceTimersByTime(120_000)
  expect(moment.value.turn).toBe(0)
  visibility.value = 'visible'
  await nextTick()
  expect(moment.value.turn).toBe(1)
  stop()
})

test('a range that ends now moves on by itself; nothing is left behind when its view closes', () => {
  const { moment, stop, listeners } = start({ kind: 'preset', id: '1h' })
  const before = moment.value.bounds.toMs
  vi.advanceTimersByTime(31_000)
  expect(moment.value.bounds.toMs).toBeGreaterThan(before)
  stop()
  expect(listeners.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})
