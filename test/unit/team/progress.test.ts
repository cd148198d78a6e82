import { expect, test } from 'vitest'
import { hasNew, newSince } from '../../../src/team/projection/progress.ts'

const blocks = (entries: Record<string, number>) =>
  new Map(Object.entries(entries).map(([partition, block]) => [partition, BigInt(block)]))

test('what was read of each day is left out', () => {
  expect(newSince(blocks({ '20260101': 7, '20260102': 3 }), blocks({ '20260101': 9, '20260102': 3 }))).toEqual({
    partitions: ['20260101', '20260102'],
    blocks: [7n, 3n],
  })
})

test('a table that was made anew is read from its beginning', () => {
  expect(newSince(blocks({ '20260101': 70 }), blocks({ '20260101': 2 }))).toEqual({ partitions: [''], blocks: [-1n] })
})

test('a day that nothing came to asks for nothing', () => {
  const done = new Map([['otel_logs' as const, blocks({ '20260101': 7 })]])
  expect(hasNew(done, done, 'otel_logs')).toBe(false)
  expect(hasNew(done, new Map([['otel_logs' as const, blocks({ '20260101': 8 })]]), 'otel_logs')).toBe(true)
  expect(hasNew(done, new Map([['otel_logs' as const, blocks({ '20260101': 7, '20251231': 1 })]]), 'otel_logs')).toBe(
    true,
  )
})
