import { expect, it } from 'vitest'
import { since } from '../../../src/cli/options/since.ts'

const option = since('since when', null)
const now = new Date(2026, 10, 29, 12).getTime()

it.each([
  ['90m', now - 90 * 60_000],
  ['24h', now - 86_400_000],
  ['7d', now - 7 * 86_400_000],
  ['2w', now - 14 * 86_400_000],
  ['2026-11-01', new Date(2026, 10, 1).getTime()],
  ['2026-11-01T18:30', new Date(2026, 10, 1, 18, 30).getTime()],
])('--since %s', (text, expected) => {
  expect(option.read(text)?.(now)).toBe(expected)
})

it.each(['yesterday', '2026-02-30'])('refuses --since %s', (text) => {
  expect(() => option.read(text)).toThrow('--since takes')
})
