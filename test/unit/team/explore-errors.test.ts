import { expect, test } from 'vitest'
import { mostOfKind } from '../../../src/engine/explore/errors.ts'
import { exploreErrors } from '../../../src/team/explore/errors.ts'
import type { ExploreStore } from '../../../src/team/explore/store.ts'
import type { RangeStore } from '../../../src/team/mirror/range-store.ts'

/** A server with one record of an error more than are looked at. */
const store = {
  reader: {
    rows: () =>
      Promise.resolve(
        Array.from({ length: mostOfKind + 1 }, (_, i) => ({
          ...{ timeNs: `${String(2e18 - i)}`, what: i % 100 === 0 ? 'rare' : 'usual', id: '' },
        })),
      ),
  },
  tables: { logs: { attributes: 'map', columns: new Set() }, traces: null, metrics: new Map() },
  database: 'otel',
  sessions: { among: () => Promise.resolve(null), called: () => Promise.resolve(new Map()) },
} as unknown as ExploreStore

const noFacts = {
  readerOf: () => Promise.resolve({ 'explore.errors': () => ({ errors: [], kinds: [], truncated: false }) as const }),
} as unknown as RangeStore

test('where more errors are there than are looked at, that is said of those with certain words as well', async () => {
  const asked = { fromMs: 0, toMs: 3e12, limit: 200, text: '', filters: { helpers: true } }
  const all = await exploreErrors(store, noFacts, asked)
  expect([all.kinds, all.truncated]).toEqual([[{ kind: 'log', count: mostOfKind }], true])
  const rare = await exploreErrors(store, noFacts, { ...asked, text: 'RARE' })
  expect([rare.kinds, rare.errors.length, rare.truncated]).toEqual([[{ kind: 'log', count: 50 }], 50, true])
})
