import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../../src/model/exchange/canonical-json.ts'
import { findJsonError } from '../../../../src/model/exchange/json-error.ts'

test.each([
  ['{"a":1', 6, 'ends where , or }'],
  ['{"a" 1}', 5, 'where : should'],
  ['{a:1}', 1, 'a name or }'],
  ['[1,]', 3, 'a value'],
  ['[1 2]', 3, ', or ]'],
  ['{"a":tru}', 5, 'a value'],
  ['{"a":"x', 7, 'inside a text'],
  ['{"a":"x\\', 8, 'inside a text'],
  ['{"a":"\\q"}', 5, 'a value'],
  ['{} {}', 3, 'nothing more'],
  ['', 0, 'a value'],
])('%s is wrong at %i', (text, at, words) => {
  const error = findJsonError(text)
  expect(error?.at).toBe(at)
  expect(error?.why).toContain(words)
})

test('it refuses what JSON.parse refuses, and nothing else', () => {
  const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-0.5e3', 'true', ' ', '\\', '"'))
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        pieces.map((found) => found.join('')),
      ),
      (text) => {
        expect(findJsonError(text) === null).toBe(isJson(text))
      },
    ),
  )
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('equal values give equal texts, whatever the order of their keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}')
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
