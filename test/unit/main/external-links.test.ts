import { expect, test } from 'vitest'
import { mayOpenOutside } from '../../../src/main/external-links.ts'

test('a known site opens in the browser', () => {
  expect(mayOpenOutside('https://github.com/openai/codex/issues')).toBe(true)
})

test('so does the front page of a port of this machine, and no other place there', () => {
  expect(mayOpenOutside('http://127.0.0.1:4316')).toBe(true)
  expect(mayOpenOutside('http://[::1]:4316/')).toBe(true)
  expect(mayOpenOutside('http://127.0.0.1:4316/api/data.delete')).toBe(false)
  expect(mayOpenOutside('http://127.0.0.1:4316/?a')).toBe(false)
})

test.each([
  'http://github.com/',
  'https://github.com.evil.example/',
  'https://evil.example/github.com',
  'https://github.com@evil.example/',
  'https://name:word@github.com/',
  'https://github.com:8443/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'colophon://session/a',
  'github.com',
])('%s does not', (link) => {
  expect(mayOpenOutside(link)).toBe(false)
})
