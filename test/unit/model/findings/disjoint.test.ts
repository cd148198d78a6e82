import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Candidate } from '../../../../src/model/findings/candidate.ts'
import { busyTiles, lengthOf, shareOut } from '../../../../src/model/findings/disjoint.ts'
import { shareKinds, type ShareKind } from '../../../../src/model/ledger/share.ts'
import { tile } from '../../../../src/model/ledger/tile.ts'

const stretch = fc.tuple(fc.nat(1000), fc.nat(200)).map(([start, length]) => ({ start, end: start + length }))
const kinds = fc.subarray([...shareKinds], { minLength: 1 })

const candidate = fc
  .record({ time: fc.array(stretch, { maxLength: 6 }), from: kinds })
  .map(({ time, from }): Candidate => ({
    ...{ subject: '', times: 1, rowIds: [], at: 0, time, from, money: [], confidence: 'exact', fix: null },
    say: () => ({ title: '', verdict: '' }),
  }))

test('no moment is given twice, none outside turns, and each to the first that claims it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(stretch, fc.constantFrom(...shareKinds)), { maxLength: 20 }),
      fc.array(stretch, { maxLength: 4 }),
      fc.array(candidate, { maxLength: 6 }),
      (claims, turns, candidates) => {
        const wall = { start: 0, end: 1200 }
        const tiles = busyTiles(
          tile(
            wall,
            claims.map(([of, kind]) => ({ ...of, kind, rowId: null })),
          ),
          turns,
        )
        const got = new Map(shareOut(tiles, candidates).map(({ candidate: of, lost }) => [of, lost.ms * 1e6]))
        // The same by looking at every moment.
        const expected = new Map<Candidate, number>()
        for (let at = 0; at < 1200; at++) {
          const kind = tiles.find(({ start, end }) => start <= at && at < end)?.kind
          const first = candidates.find(
            ({ time, from }) =>
              from.includes(kind as ShareKind) && time.some(({ start, end }) => start <= at && at < end),
          )
          if (kind !== undefined && first !== undefined) expected.set(first, (expected.get(first) ?? 0) + 1)
        }
        for (const of of candidates) expect(Math.round(got.get(of) ?? 0)).toBe(expected.get(of) ?? 0)
        expect([...got.values()].reduce((sum, ns) => sum + ns, 0)).toBeLessThanOrEqual(lengthOf(tiles) + 1e-6)
      },
    ),
    { numRuns: 300 },
  )
})

test('what two claim to have been paid is lost once, and who comes second with nothing else is none', () => {
  const of = (subject: string, keys: readonly string[]): Candidate => ({
    ...{ subject, times: 1, rowIds: [], at: 0, time: [], from: [], confidence: 'exact', fix: null },
    money: keys.map((key) => ({ of: key, usd: 1 })),
    say: () => ({ title: '', verdict: '' }),
  })
  const lost = shareOut([], [of('a', ['x', 'y']), of('b', ['y']), of('c', ['y', 'z'])])
  expect(lost.map(({ candidate: { subject }, lost: { usd } }) => [subject, usd])).toEqual([
    ['a', 2],
    ['c', 1],
  ])
})
