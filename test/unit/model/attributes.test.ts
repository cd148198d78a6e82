import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flag, noAttributes, text, type AttributeValue } from '../../../src/model/attributes.ts'
import { countUpTo } from '../../../src/model/sorted.ts'

test.each<[AttributeValue, string | null, boolean | null]>([
  ['38', '38', null],
  [38.9, '38.9', null],
  ['', null, null],
  ['true', 'true', true],
  [false, 'false', false],
  [NaN, 'NaN', null],
  [null, null, null],
  [[1], null, null],
  [{ a: 1 }, null, null],
])('%j is the text %s and the flag %s', (value, asText, asFlag) => {
  const attributes = { key: value }
  expect([text(attributes, 'key'), flag(attributes, 'key')]).toEqual([asText, asFlag])
})

test('an attribute may be called like a member of every object', () => {
  expect(text(noAttributes(), 'constructor')).toBeNull()
  expect(text(noAttributes(), '__proto__')).toBeNull()
})

test('the count of numbers up to a limit is that of a plain count', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (numbers, limit) => {
      const ascending = numbers.sort((a, b) => a - b)
      expect(countUpTo(ascending, limit)).toBe(ascending.filter((number) => number <= limit).length)
    }),
  )
})
