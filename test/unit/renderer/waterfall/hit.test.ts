import { describe, expect, it } from 'vitest'
import { endOf, partAt, rowsInView, scrollToShow } from '../../../../src/renderer/waterfall/hit.ts'
import { treeRow } from './tree-rows.ts'

describe('hitting rows', () => {
  it('draws the rows that the viewport touches, with some to spare, never beyond the list', () => {
    expect(rowsInView(2400, 240, 1000, 4)).toEqual({ first: 96, end: 114 })
    expect(rowsInView(0, 240, 5, 4)).toEqual({ first: 0, end: 5 })
    expect(rowsInView(99_999, 240, 5, 4)).toEqual({ first: 5, end: 5 })
  })

  it('scrolls only as far as needed', () => {
    expect(scrollToShow(0, 100, 240)).toBe(0)
    expect(scrollToShow(10, 100, 240)).toBe(100)
    expect(scrollToShow(20, 100, 240)).toBe(264)
  })

  it('finds the part of a bar at a moment', () => {
    const row = treeRow('a', {
      parts: [
        { kind: 'wait_user', startMs: 0, durationMs: 60 },
        { kind: 'tool_run', startMs: 60, durationMs: 40 },
      ],
    })
    expect([30, 80, 120].map((timeMs) => partAt(row, timeMs)?.kind)).toEqual(['wait_user', 'tool_run', undefined])
  })

  it('lets an open bar reach the edge of time', () => {
    expect(endOf(treeRow('a', { startMs: 10, durationMs: 5 }), 100)).toBe(15)
    expect(endOf(treeRow('a', { startMs: 10, durationMs: null }), 100)).toBe(100)
    expect(endOf(treeRow('a', { startMs: 10, durationMs: null }), 5)).toBe(10)
  })
})
