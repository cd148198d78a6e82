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
