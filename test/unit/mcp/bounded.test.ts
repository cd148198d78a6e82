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
