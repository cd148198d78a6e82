import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { isOfShard } from '../../../src/team/projection/shard.ts'

test('each session is of one shard, and all have about as many', () => {
  const counts = new Map<number, number>()
  for (let i = 0; i < 3000; i++) {
    const id = randomUUID()
    const of = [1, 2, 3].filter((number) => isOfShard(id, { number, of: 3 }))
    expect(of).toHaveLength(1)
    for (const number of of) counts.set(number, (counts.get(number) ?? 0) + 1)
  }
  for (const count of counts.values()) expect(count).toBeGreaterThan(800)
})
