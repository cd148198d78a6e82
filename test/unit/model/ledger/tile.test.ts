import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareKinds, type Claim } from '../../../../src/model/ledger/share.ts'
import { tile } from '../../../../src/model/ledger/tile.ts'

const moment = fc.integer({ min: -20, max: 120 })
const claims = fc.array(
  fc.record({ kind: fc.constantFrom(...shareKinds), start: moment, end: moment, rowId: fc.constant(null) }),
  { maxLength: 30 },
)
const wall = { start: 0, end: 100 }

test('any claims are tiled without gap or overlap, and equal neighbours are one', () => {
  fc.assert(
    fc.property(claims, (claimed) => {
      const tiles = tile(wall, claimed)
      expect(tiles[0]?.start).toBe(0)
      expect(tiles.at(-1)?.end).toBe(100)
      tiles.forEach((one, i) => {
        expect(one.end).toBeGreaterThan(one.start)
        const next = tiles[i + 1]
        if (next === undefined) return
        expect(next.start).toBe(one.end)
        expect(next.kind).not.toBe(one.kind)
      })
    }),
  )
})

test('each moment goes to the first kind that claims it, as a look at that moment alone says', () => {
  fc.assert(
    fc.property(claims, fc.integer({ min: 0, max: 99 }), (claimed, moment) => {
      const isOpen = ({ start, end }: Claim): boolean => start <= moment && moment < end
      const expected = shareKinds.find((kind) => claimed.some((claim) => claim.kind === kind && isOpen(claim)))
      const found = tile(wall, claimed).find(({ start, end }) => start <= moment && moment < end)
      expect(found?.kind).toBe(expected ?? 'unaccounted')
    }),
  )
})

test('a wall of no length has no tiles', () => {
  expect(tile({ start: 5, end: 5 }, [{ kind: 'tool_run', start: 0, end: 10, rowId: null }])).toEqual([])
})
