import { expect, test } from 'vitest'
import { titlesOf } from '../../../../src/model/codex/rollout/session-index.ts'

const line = (id: unknown, name: unknown): string => JSON.stringify({ id, thread_name: name, updated_at: 'today' })

test('the last title that was given to a session counts', () => {
  const titles = titlesOf([line('a', 'First'), line('b', 'Other'), line('a', 'Last'), ''].join('\n'))
  expect([...titles]).toEqual([
    ['a', 'Last'],
    ['b', 'Other'],
  ])
})

test('lines that say nothing are passed over, and a title is one line that does nothing to what stands around', () => {
  const lines = [
    line('a', 'Two\nlines'),
    line('a', ''),
    line('b', null),
    line(null, 'x'),
    'null',
    '[]',
    '{"id":"a","thre',
  ]
  expect([...titlesOf(lines.join('\n'))]).toEqual([['a', 'Two lines']])
  expect(titlesOf(line('a', 'a\u202eb')).get('a')).not.toContain('\u202e')
})
