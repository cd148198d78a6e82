import { expect, onTestFinished, test, vi } from 'vitest'
import type { Changed } from '../../../src/contract/changes.ts'
import { createChanges } from '../../../src/engine/changes.ts'

test('the first change of a quiet time is told at once, and the rest together, four times a second', () => {
  vi.useFakeTimers()
  const changes = createChanges()
  onTestFinished(() => {
    changes.close()
    vi.useRealTimers()
  })
  const heard: Changed[] = []
  changes.subscribe((changed) => heard.push(changed))
  for (let ms = 0; ms < 1000; ms += 50) {
    changes.note('sessions')
    changes.note('status')
    vi.advanceTimersByTime(50)
  }
  const both: Changed = { topics: ['sessions', 'status'] }
  expect(heard).toEqual([{ topics: ['sessions'] }, { topics: ['status', 'sessions'] }, both, both, both])
})

test('who comes between an answer and the next change hears of what changed meanwhile, once for a topic', () => {
  const changes = createChanges()
  onTestFinished(() => changes.close())
  const heard: Changed[] = []
  const early: Changed[] = []
  changes.subscribe((changed) => early.push(changed), 60_000)
  changes.note('sessions')
  expect(early).toEqual([{ topics: ['sessions'] }])
  changes.subscribe((changed) => heard.push(changed))
  expect(heard).toEqual([])
  changes.subscribe((changed) => heard.push(changed), 60_000)
  expect(heard).toEqual([{ topics: ['sessions'] }])
})
