import { expect, test } from 'vitest'
import { visible, visibleLines } from '../../../src/model/visible.ts'

test.each([
  ['the name of a window', '\u001b]0;owned\u0007 hello', '\\u001b]0;owned\\u0007 hello'],
  ['C1 as one character', 'a\u009b31mb\u0085', 'a\\u009b31mb\\u0085'],
  ['a name that reads backwards', 'hello \u202egnp.txt', 'hello \\u202egnp.txt'],
  ['isolates and marks', '\u2066a\u2069\u200f\u061c', '\\u2066a\\u2069\\u200f\\u061c'],
  ['deletion, backspace, a lone return', 'a\u007f\b\rb', 'a\\u007f\\u0008\\u000db'],
  ['separators of lines and paragraphs', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
])('%s has no effect, and is seen', (_what, text, expected) => {
  expect(visible(text)).toBe(expected)
  expect(visibleLines(text)).toBe(expected)
})

test('letters of all scripts stay, and joined emoji', () => {
  const text = 'žluťoučký שלום 日本語 👩‍👩‍👧 नमस्ते می‌خواهم'
  expect(visible(text)).toBe(text)
})

test('line ends and tabs stay where lines are wanted', () => {
  expect(visibleLines('a\n\tb\r\nc')).toBe('a\n\tb\r\nc')
  expect(visible('a\nb\t')).toBe('a\\u000ab\\u0009')
})

test('JSON stays the same JSON', () => {
  const value = { 'k\u202e': ['\u001b[2J', '\u007f\u009b', 'plain\n'] }
  const json = visibleLines(JSON.stringify(value, null, 2))
  expect(JSON.parse(json)).toEqual(value)
  expect(json).toContain('\\u202e')
})
