import { expect, onTestFinished, test } from 'vitest'
import type { Changed } from '../../../src/contract/changes.ts'
import { createChanges } from '../../../src/engine/changes.ts'

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
