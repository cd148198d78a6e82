import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bounded } from '../../../src/mcp/bounded.ts'

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

test('an answer of any lists and texts fits, begins as the whole one does, and says how to get the rest', () => {
  const answer = fc.record({
    head: fc.string({ maxLength: 20_000, unit: 'grapheme' }),
    many: fc.array(fc.record({ text: fc.string({ maxLength: 3000 }), count: fc.integer() }), { maxLength: 300 }),
    few: fc.array(fc.string({ maxLength: 500 }), { maxLength: 30 }),
  })
  fc.assert(
    fc.property(answer, fc.integer({ min: 2, max: 64 }), (value, kib) => {
      const lists = [
        { list: 'many', goOn: (shown: number) => `offset ${String(shown)}` },
        { list: 'few', goOn: () => 'a larger maxKib' },
      ]
      const short = bounded({ value, lists }, kib * 1024) as typeof value & { leftOut?: string[] }
      expect(bytes(short)).toBeLessThanOrEqual(kib * 1024)
      expect(short.many.map(({ count }) => count)).toEqual(
        value.many.slice(0, short.many.length).map(({ count }) => count),
      )
      const told = (short.leftOut ?? []).join('\n')
      const missing = value.many.length - short.many.length
      expect(told.includes(`${String(missing)} more of many: offset ${String(short.many.length)}`)).toBe(missing > 0)
      if (bytes(value) <= kib * 1024) expect(short).toEqual(value)
      else expect(told).not.toBe('')
    }),
  )
})

test('what no tool said that it may grow is shortened as well, and an answer that cannot be is refused', () => {
  const columns = Array.from({ length: 2000 }, (_, i) => `column_${String(i)}`)
  const value = { columns, rows: [columns.map((_, i) => i)] }
  const short = bounded({ value, lists: [{ list: 'rows', goOn: () => 'fewer columns' }] }, 8192) as typeof value & {
    leftOut: string[]
  }
  expect(bytes(short)).toBeLessThanOrEqual(8192)
  expect(short.rows).toEqual([])
  expect(short.columns).toEqual(columns.slice(0, short.columns.length))
  expect(short.leftOut).toEqual([
    '1 more of rows: fewer columns',
    `${String(2000 - short.columns.length)} more of columns: ask with a larger maxKib`,
  ])
  expect(() => bounded({ value: { deep: { columns } } }, 8192)).toThrow('longer than 8 KiB')
})
