import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairByTime, pairInOrder } from '../../../src/model/codex/join/pair.ts'
import { lastAround } from '../../../src/model/last-around.ts'

const things = fc.array(fc.record({ at: fc.integer({ min: 0, max: 30 }), key: fc.constantFrom('a', 'b') }), {
  maxLength: 25,
})
const keyOf = ({ key }: { key: string }): string => key
const inOrder = <T extends { at: number }>(items: readonly T[]): T[] => [...items].sort((a, b) => a.at - b.at)

test('the n-th of one witness with a key is the n-th of the other', () => {
  fc.assert(
    fc.property(things, things, (ours, theirs) => {
      const pairs = pairInOrder(ours, theirs, keyOf, keyOf)
      for (const key of ['a', 'b']) {
        const [one, other] = [ours, theirs].map((items) => inOrder(items.filter((item) => item.key === key)))
        one?.forEach((item, n) => expect(pairs.get(item)).toBe(other?.[n]))
      }
    }),
  )
})

test('each takes the nearest that is left, the earlier of two as near, and nothing too far away', () => {
  fc.assert(
    fc.property(things, things, fc.integer({ min: 0, max: 12 }), (ours, theirs, within) => {
      const pairs = pairByTime(ours, theirs, within, keyOf, keyOf)
      const left = inOrder(theirs)
      for (const item of inOrder(ours)) {
        const far = (other: { at: number }): number => Math.abs(other.at - item.at)
        const [nearest] = left
          .filter((other) => other.key === item.key && far(other) <= within)
          .sort((a, b) => far(a) - far(b) || a.at - b.at)
        expect(pairs.get(item)).toBe(nearest)
        if (nearest !== undefined) left.splice(left.indexOf(nearest), 1)
      }
    }),
  )
})

test('the last that has started and is not over is found, whatever lies in what', () => {
  const stretches = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.option(fc.integer({ min: 0, max: 20 }))))
  fc.assert(
    fc.property(stretches, fc.integer({ min: -1, max: 42 }), fc.integer({ min: -1, max: 42 }), (drawn, by, from) => {
      const items = drawn.map(([start, length]) => ({ start, end: length === null ? null : start + length }))
      items.sort((a, b) => a.start - b.start)
      const find = lastAround(
        items,
        ({ start }) => start,
        ({ end }) => end,
      )
      expect(find(by, from)).toBe(items.findLast(({ start, end }) => start <= by && (end ?? Infinity) >= from) ?? null)
    }),
  )
})
