import { expect, test } from 'vitest'
import { jsonExcess } from '../../../../src/engine/otlp/json-bounds.ts'

function objectOf(names: number, differing: number): Buffer {
  return Buffer.from(
    `{${Array.from({ length: names }, (_, i) => `"name ${String(i % differing)}":"${String(i)}"`).join(',')}}`,
  )
}

test('names that all differ are refused before JSON.parse takes seconds for them; values may differ', () => {
  expect(jsonExcess(objectOf(400_000, 400_000))).toBe('more than 262144 different names')
  expect(jsonExcess(objectOf(400_000, 100_000))).toBeNull()
  expect(
    jsonExcess(Buffer.from(`[${Array.from({ length: 400_000 }, (_, i) => `"${String(i)}"`).join(',')}]`)),
  ).toBeNull()
})

test.each(['null', '{}', '[]'])(
  'a list of nothing but %s is refused by what it would become, not by its few bytes',
  (item) => {
    const listOf = (count: number) => Buffer.from(`{"resourceSpans":[${Array(count).fill(item).join(',')}]}`)
    expect(jsonExcess(listOf(500_000))).toBeNull()
    expect(jsonExcess(listOf(1_000_000))).toMatch(/^more than \d+ lists, objects and nulls in so few bytes$/)
  },
)
