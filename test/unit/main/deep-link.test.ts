import { expect, test } from 'vitest'
import { placeOfArguments, placeOfLink } from '../../../src/main/deep-link.ts'

test('a link names a session by its id', () => {
  const id = '01a1f848-0000-7000-8000-000000001d93'
  expect(placeOfLink(`colophon://session/${id}`)).toBe(`/sessions/${id}`)
  expect(placeOfLink('colophon://session/conv:42/')).toBe('/sessions/conv%3A42')
})

test.each([
  'colophon://settings',
  'colophon://session/',
  'colophon://session/..',
  'colophon://session/a/b',
  'colophon://session/a?tab=logs',
  'colophon://session/a#x',
  'colophon://session/%2e%2e%2fsettings',
  'colophon://session/<b>',
  `colophon://session/${'a'.repeat(200)}`,
  'colophon://session/a\nb',
  'https://session/a',
])('%s leads nowhere', (link) => {
  expect(placeOfLink(link)).toBeNull()
})

test('the link is found among the other arguments', () => {
  expect(placeOfArguments(['colophon', '--hidden', 'colophon://session/a', '/tmp'])).toBe('/sessions/a')
  expect(placeOfArguments(['colophon', '--data', '/tmp'])).toBeNull()
})
