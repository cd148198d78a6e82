import { expect, test } from 'vitest'
import { leftToMake } from '../../../src/team/projection/left-to-make.ts'

test('facts that a newer version has made before it was stopped are not made again, but where records have come since', async () => {
  const changed = new Map(['made', 'made-and-more', 'older', 'none'].map((id) => [id, 1n]))
  const asked: unknown[] = []
  const facts = {
    rows: <T>(_query: string, params: unknown) => {
      asked.push(params)
      return Promise.resolve([{ id: 'made' }, { id: 'made-and-more' }] as unknown as readonly T[])
    },
  }
  const since = new Map([['made-and-more', 2n]])
  expect(await leftToMake(facts, changed, since, 45)).toEqual(['made-and-more', 'older', 'none'])
  expect(asked).toEqual([{ version: 45 }])
})
