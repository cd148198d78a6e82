import { expect, test } from 'vitest'
import { findEntries } from '../../../../src/renderer/frame/palette/entries.ts'
import type { Entry } from '../../../../src/renderer/frame/palette/entries.ts'
import { fuzzy, pieces } from '../../../../src/renderer/frame/palette/fuzzy.ts'

const entry = (group: Entry['group'], title: string, more: Partial<Entry> = {}): Entry => ({
  id: title,
  group,
  title,
  run: () => undefined,
  ...more,
})
const titles = (query: string, entries: readonly Entry[]): string[] =>
  findEntries(query, entries).map(({ entry: { title } }) => title)

test('letters are found in their order, whatever their case', () => {
  expect(fuzzy('OVW', 'Overview')?.at).toEqual([0, 1, 7])
  expect(fuzzy('wo', 'Overview')).toBeNull()
  expect(fuzzy('', 'Overview')).toEqual({ score: 0, at: [] })
})

test('letters that begin words come first', () => {
  expect(fuzzy('ct', 'Cost over time')?.at).toEqual([0, 10])
  expect(titles('sv', [entry('Views', 'Save'), entry('Views', 'Sessions view')])[0]).toBe('Sessions view')
})

test('a word as it stands comes before scattered letters', () => {
  const entries = [entry('Panels', 'Conversations over time'), entry('Panels', 'Estimated cost')]
  expect(titles('cost', entries)[0]).toBe('Estimated cost')
})

test('the group of the best comes first, and groups stay together', () => {
  const entries = [
    entry('Views', 'Health'),
    entry('Panels', 'Tool calls'),
    entry('Sessions', 'Call the API'),
    entry('Panels', 'Calls'),
  ]
  expect(titles('calls', entries).slice(0, 2)).toEqual(['Calls', 'Tool calls'])
})

test('a session is shown that the store has found by other words than its title', () => {
  const session = entry('Sessions', 'Fix the tests', { foundFor: 'flaky', note: '~/shop' })
  expect(titles('Flaky', [session])).toEqual(['Fix the tests'])
  expect(titles('shop', [session])).toEqual(['Fix the tests'])
  expect(titles('other', [session])).toEqual([])
})

test('what the store finds after the last letter takes Enter from nothing that is there with it', () => {
  const setting = entry('Settings', 'Retention and storage', { note: 'What is kept, and how to rebuild facts' })
  const later = entry('Sessions', 'Fix the tests', { foundFor: 'rebuild facts' })
  expect(titles('rebuild facts', [later, setting])).toEqual(['Retention and storage', 'Fix the tests'])
})

test('what searches everything stands behind all that fits, and alone where nothing does', () => {
  const search = entry('Search', 'Search everything for “hlth”', { foundFor: 'hlth' })
  const found = [entry('Sessions', 'Fix the tests', { foundFor: 'hlth' }), entry('Views', 'Health')]
  expect(titles('hlth', [search, ...found])).toEqual(['Health', 'Fix the tests', 'Search everything for “hlth”'])
  expect(titles('hlth', [search])).toEqual(['Search everything for “hlth”'])
})

test('a title is cut into what matches and what does not, and stays whole', () => {
  const cut = pieces('Fix 👩‍💻 it', new Set([0, 1]))
  expect(cut).toEqual([
    { text: 'Fi', found: true },
    { text: 'x 👩‍💻 it', found: false },
  ])
})
