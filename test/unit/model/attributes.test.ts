import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flag, integer, noAttributes, text, type AttributeValue } from '../../../src/model/attributes.ts'
import { countUpTo } from '../../../src/model/sorted.ts'

test.each<[AttributeValue, string | null, number | null, boolean | null]>([
  ['38', '38', 38, null],
  [38, '38', 38, null],
  [38.9, '38.9', 38, null],
  ['38.9', '38.9', null, null],
  ['-4', '-4', -4, null],
  ['9223372036854775807', '9223372036854775807', null, null],
  ['', null, null, null],
  ['true', 'true', null, true],
  [false, 'false', null, false],
  [NaN, 'NaN', null, null],
  [null, null, null, null],
  [[1], null, null, null],
  [{ a: 1 }, null, null, null],
])('%j is the text %s, the number %s and the flag %s', (value, asText, asInteger, asFlag) => {
  const attributes = { key: value }
  expect([text(attributes, 'key'), integer(attributes, 'key'), flag(attributes, 'key')]).toEqual([
    asText,
    asInteger,
    asFlag,
  ])
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
