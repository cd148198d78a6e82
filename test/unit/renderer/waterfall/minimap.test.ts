import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minimapHeight, moveBrush, tinyBars } from '../../../../src/renderer/waterfall/minimap.ts'
import { lengthOf, scaleOf } from '../../../../src/renderer/waterfall/scale.ts'
import { zoomHistory } from '../../../../src/renderer/waterfall/zoom-history.ts'
import { treeRow } from './tree-rows.ts'

const bounds = { startMs: 0, endMs: 1000 }
const range = { startMs: 200, endMs: 400 }

describe('the minimap', () => {
  it.each([1, 20, 3000])('draws each of %d rows inside its height, later rows lower', (count) => {
    const rows = Array.from({ length: count }, (_, n) => treeRow(`r${n}`))
    const bars = tinyBars(rows, scaleOf(bounds, 300), 1000)
    expect(bars).toHaveLength(count)
    for (const { y, height } of bars) {
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y + height).toBeLessThanOrEqual(minimapHeight)
    }
    expect(bars.at(-1)?.y).toBeGreaterThanOrEqual(bars[0]?.y ?? 0)
  })

  it('moves an edge or all of the brush', () => {
    expect(moveBrush(bounds, range, 'start', -50)).toEqual({ startMs: 150, endMs: 400 })
    expect(moveBrush(bounds, range, 'end', 100)).toEqual({ startMs: 200, endMs: 500 })
    expect(moveBrush(bounds, range, 'middle', 5000)).toEqual({ startMs: 800, endMs: 1000 })
  })

  it('keeps the brush inside, and its edges in order, however they are dragged', () => {
    const part = fc.constantFrom('start', 'end', 'middle')
    fc.assert(
      fc.property(part, fc.double({ min: -3000, max: 3000, noNaN: true }), (which, byMs) => {
        const moved = moveBrush(bounds, range, which, byMs)
        expect(moved.startMs).toBeGreaterThanOrEqual(0)
        expect(moved.endMs).toBeLessThanOrEqual(1000)
        expect(lengthOf(moved)).toBeGreaterThan(0)
      }),
    )
  })
})

describe('zoom history', () => {
  it('goes back and forward, a gesture at a time', () => {
    const history = zoomHistory()
    history.leave(null, 0)
    history.leave({ startMs: 1, endMs: 2 }, 100)
    history.leave(range, 5000)
    const last = { startMs: 300, endMs: 310 }
    expect(history.back(last)).toEqual(range)
    expect(history.back(range)).toBeNull()
    expect(history.back(null)).toBeUndefined()
    expect(history.forward(null)).toEqual(range)
    expect(history.forward(range)).toEqual(last)
    expect(history.forward(last)).toBeUndefined()
  })

  it('forgets what lay ahead when something else is shown', () => {
    const history = zoomHistory()
    history.leave(null, 0)
    expect(history.back(range)).toBeNull()
    history.leave(null, 9000)
    expect(history.forward(range)).toBeUndefined()
  })
})
