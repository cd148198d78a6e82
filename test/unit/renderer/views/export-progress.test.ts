import { expect, test } from 'vitest'
import type { ExportProgress } from '../../../../src/contract/exchange.ts'
import { shareOf, wordsOf } from '../../../../src/renderer/views/exchange/progress.ts'

const at = (over: Partial<ExportProgress>): ExportProgress => ({
  ...{ done: false, phase: 'reading', recordsDone: 0, records: 0, bytes: 0, preview: null },
  ...over,
})

test.each([true, false])('the bar only ever moves on, redacted or not (%s)', (redacts) => {
  const steps = [
    at({}),
    ...(redacts ? [0, 50, 100].map((recordsDone) => at({ phase: 'redacting', recordsDone, records: 100 })) : []),
    ...[0, 50, 100].map((recordsDone) => at({ phase: 'writing', recordsDone, records: 100 })),
  ]
  const done = at({ done: true, phase: 'writing', bytes: 1000 })
  const shares = [
    ...steps.map((progress) => shareOf({ progress, redacts, fetched: null })),
    ...[0, 500, 1000].map((fetched) => shareOf({ progress: done, redacts, fetched })),
  ]
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares[0]).toBe(0)
  expect(shares.at(-1)).toBe(1)
})

test('the words say what is done, and how much of it', () => {
  const words = (progress: ExportProgress, fetched: number | null = null) =>
    wordsOf({ progress, redacts: true, fetched })
  expect(words(at({}))).toBe('reading the session')
  expect(words(at({ phase: 'redacting', recordsDone: 1200, records: 5000 }))).toBe('taking out, 1,200 of 5,000 records')
  expect(words(at({ phase: 'writing', bytes: 2048 }))).toBe('writing, 2.0 KiB')
  expect(words(at({ phase: 'writing', bytes: 4096 }), 2048)).toBe('fetching, 2.0 KiB of 4.0 KiB')
})
