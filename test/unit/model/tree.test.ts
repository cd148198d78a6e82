import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildTree } from '../../../src/model/tree/build.ts'
import { treeRow } from '../../../src/model/tree/row.ts'
import { nearest, type SpanColumns } from '../../../src/model/tree/spans.ts'
import { columnsOf, looseSpan, treeFacts } from './random-tree.ts'

const spanSets = fc.array(looseSpan, { maxLength: 60 })
const runs = { numRuns: 200, seed: 20_260_731 }

function conversationsOfTrace(spans: SpanColumns, trace: number): Set<string> {
  const named = new Set<string>()
  for (const [span, { conversationId }] of spans.links)
    if (spans.trace[span] === trace && conversationId !== null) named.add(conversationId)
  return named
}

test('every span of the sessions is in one row, whatever its parents and times are', () => {
  fc.assert(
    fc.property(treeFacts, spanSets, (facts, loose) => {
      const spans = columnsOf(loose)
      const { rows, rowOfSpan, spanCount } = buildTree(facts, spans)
      const ofTree = new Set(facts.sessions.map(({ id }) => id))
      const counts = rows.map(() => 0)
      rowOfSpan.forEach((row, span) => {
        const named = [...conversationsOfTrace(spans, spans.trace[span] ?? -1)]
        const own = spans.links.get(span)?.conversationId ?? null
        if (row >= 0) counts[row] = (counts[row] ?? 0) + 1
        if (named.length > 0 && named.every((id) => ofTree.has(id))) expect(row).toBeGreaterThanOrEqual(0)
        if (named.every((id) => !ofTree.has(id))) expect(row).toBe(-1)
        if (own !== null) expect(rows[row]?.sessionId).toBe(ofTree.has(own) ? own : undefined)
      })
      expect(rows.map((row) => row.spanCount)).toEqual(counts)
      expect(spanCount).toBe(counts.reduce((sum, count) => sum + count, 0))
    }),
    runs,
  )
})

test('rows are well formed: parents first, siblings by start, parts inside their bar and apart', () => {
  fc.assert(
    fc.property(treeFacts, spanSets, (facts, loose) => {
      const { rows, startMs, endMs } = buildTree(facts, columnsOf(loose))
      const before = new Set<string>()
      const lastStart = new Map<string | null, number>()
      for (const row of rows) {
        treeRow.parse(row)
        expect(before.has(row.id)).toBe(false)
        expect(row.parentId === null ? row.id : before.has(row.parentId)).toBe(row.parentId === null ? 's:s' : true)
        expect(row.startMs).toBeGreaterThanOrEqual(lastStart.get(row.parentId) ?? -Infinity)
        before.add(row.id)
        lastStart.set(row.parentId, row.startMs)
        // What a hook sends hours later makes nothing longer.
        if (row.kind !== 'hook') {
          expect(row.startMs).toBeGreaterThanOrEqual(startMs)
          expect(row.startMs + (row.durationMs ?? 0)).toBeLessThanOrEqual(endMs + rounding)
        }
        let from = row.startMs
        for (const part of row.parts) {
          expect(part.startMs).toBeGreaterThanOrEqual(from - rounding)
          from = part.startMs + part.durationMs
        }
        if (row.durationMs !== null) expect(from).toBeLessThanOrEqual(row.startMs + row.durationMs + rounding)
      }
      const made = facts.sessions.reduce(
        (sum, session) => sum + 1 + session.turns.length + session.compactions.length,
        0,
      )
      expect(rows.length).toBeGreaterThanOrEqual(made)
    }),
    runs,
  )
})

/** Milliseconds since 1970 as doubles are exact to a quarter of a microsecond. */
const rounding = 0.001

test('the order in which traces arrived does not matter', () => {
  fc.assert(
    fc.property(treeFacts, spanSets, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (facts, loose, order) => {
      // Ids of spans are their place here, which the rounds of the facts refer to: the comparison is without them.
      const withoutIds = {
        ...facts,
        sessions: facts.sessions.map((session) => ({ ...session, rounds: [], compactions: [] })),
      }
      const { rows } = buildTree(withoutIds, columnsOf(loose))
      expect(buildTree(withoutIds, columnsOf(loose, order)).rows).toEqual(rows)
    }),
    runs,
  )
})

test('the nearest value among a span and its ancestors is found, and none on a ring without one', () => {
  const parent = Int32Array.from([-1, 0, 1, 4, 3, 5, 6])
  const of = { count: 7, parent } as SpanColumns
  const values = new Map([
    [0, 'root'],
    [2, 'own'],
  ])
  const found = nearest(
    of,
    (span) => values.get(span) ?? null,
    (span) => `fallback of ${span}`,
  )
  expect(found.slice(0, 3)).toEqual(['root', 'root', 'own'])
  expect(found[3]).toBe(found[4])
  expect(found[3]).toMatch(/fallback/)
  expect(found[5]).toBe('fallback of 5')
})

test('a chain of a hundred thousand spans is folded without deep recursion', () => {
  const count = 100_000
  const parent = Int32Array.from({ length: count }, (_, i) => i - 1)
  const found = nearest(
    { count, parent } as SpanColumns,
    (span) => (span === 0 ? 'root' : null),
    () => 'none',
  )
  expect(found.every((value) => value === 'root')).toBe(true)
})
