import { expect, test } from 'vitest'
import { flattened } from '../../../../src/model/genai/flat.ts'

test('what a map holds stands under its whole name, behind what says so by itself', () => {
  const nested = { gen_ai: { usage: { input_tokens: 7, 'cache_read.input_tokens': 3 } }, list: [{ a: 1 }] }
  expect(flattened(nested)).toMatchObject({
    'gen_ai.usage.input_tokens': 7,
    'gen_ai.usage.cache_read.input_tokens': 3,
    list: [{ a: 1 }],
  })
  expect(flattened({ 'gen_ai.usage': { input_tokens: 7 }, 'gen_ai.usage.input_tokens': 9 })).toMatchObject({
    'gen_ai.usage.input_tokens': 9,
  })
  const plain = { model: 'm' }
  expect(flattened(plain)).toBe(plain)
})

test('a map without end, or with names of the language, does no harm', () => {
  const deep = Array.from({ length: 60 }).reduce((inner) => ({ a: inner }), 'x') as object
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${String(i)}`, i]))
  const flat = flattened({ deep: deep as never, wide, x: JSON.parse('{"__proto__": {"polluted": 1}}') as never })
  expect(Object.keys(flat).length).toBeLessThan(2100)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})
