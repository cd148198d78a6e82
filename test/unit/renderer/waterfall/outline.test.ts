import { describe, expect, it } from 'vitest'
import { outlineOf, rowsAbove } from '../../../../src/renderer/waterfall/outline.ts'
import { sessionData } from '../../../../src/renderer/waterfall/session-data.ts'
import { parentSpan, rowOfSpan } from '../../../../src/renderer/waterfall/session-data.ts'
import { blockOf, sessionOf } from './session-of.ts'
import { treeRow } from './tree-rows.ts'

const tree = [
  treeRow('loop'),
  treeRow('turn 1', { parentId: 'loop' }),
  treeRow('call', { parentId: 'turn 1' }),
  treeRow('tool', { parentId: 'turn 1', status: 'error' }),
  treeRow('turn 2', { parentId: 'loop' }),
]
const spans = (count: number) => Array.from({ length: count }, () => ({ depth: 0 }))

describe('rows of a session', () => {
  it('knows the place of each among its siblings, and where what is below it ends', () => {
    const { level, position, siblings, end } = outlineOf(tree)
    expect([...level]).toEqual([1, 2, 3, 3, 2])
    expect([...position]).toEqual([1, 1, 1, 2, 2])
    expect([...siblings]).toEqual([1, 2, 2, 2, 2])
    expect([...end]).toEqual([5, 4, 3, 4, 5])
  })

  it('marks the ancestors of an error, and not the failed row itself', () => {
    expect([...outlineOf(tree).errorBelow]).toEqual([1, 1, 0, 0, 0])
  })

  it('takes a row whose parent is missing for an outermost one', () => {
    expect(outlineOf([treeRow('a', { parentId: 'gone' })]).level[0]).toBe(1)
  })

  it('names the rows above, nearest first', () => {
    expect(rowsAbove(outlineOf(tree), 3)).toEqual([1, 0])
  })
})

describe('raw spans of a session', () => {
  const counts = { loop: spans(5), 'turn 1': spans(2), call: spans(10), tool: spans(3), 'turn 2': spans(4) }

  it('sums the spans below into every row', () => {
    expect([...sessionOf(tree, counts).spansBelow]).toEqual([24, 15, 10, 3, 4])
  })

  it('knows no counts before the spans are there', () => {
    expect([...sessionData(blockOf(tree, null), null).spansBelow]).toEqual([0, 0, 0, 0, 0])
  })

  it('keeps the spans that it has when newer rows come without theirs', () => {
    const before = sessionOf(tree, counts)
    const [loop, ...rest] = tree
    const grown = [
      ...(loop ? [loop] : []),
      treeRow('new', { parentId: 'loop' }),
      ...rest.filter(({ id }) => id !== 'tool'),
    ]
    const after = sessionData(blockOf(grown, null), before)
    expect([...after.spansBelow]).toEqual([21, 0, 12, 10, 4])
    expect(after.outline.rows[rowOfSpan(after, 7)]?.id).toBe('call')
    expect(rowOfSpan(after, 18), 'a span of the row that is gone').toBe(-1)
  })

  it('finds the span above a span within its row', () => {
    const data = sessionOf([treeRow('a'), treeRow('b')], {
      a: [{ depth: 0 }],
      b: [{ depth: 0 }, { depth: 1 }, { depth: 2 }, { depth: 1 }, { depth: 0 }],
    })
    expect([1, 2, 3, 4, 5].map((span) => parentSpan(data, span))).toEqual([-1, 1, 2, 1, -1])
  })
})
