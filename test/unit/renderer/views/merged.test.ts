import { describe, expect, it } from 'vitest'
import { merged } from '../../../../src/renderer/views/sessions/merged.ts'

const at = (...times: number[]) => times.map((startedAtMs) => ({ id: `s${startedAtMs}`, startedAtMs }))
const times = (list: readonly { startedAtMs: number }[]): number[] => list.map(({ startedAtMs }) => startedAtMs)
const within = { isFirst: false, isLast: false }

describe('a list that is read a page at a time', () => {
  it('goes on behind what is known', () => {
    expect(times(merged(at(9, 8), at(7, 6), within))).toEqual([9, 8, 7, 6])
  })

  it('takes new ones at its head, and overlaps where pages have moved', () => {
    expect(times(merged(at(9, 8, 7), at(11, 10, 9), { ...within, isFirst: true }))).toEqual([11, 10, 9, 8, 7])
    expect(times(merged(at(9, 8), at(8, 7), within))).toEqual([9, 8, 7])
  })

  it('loses what is gone from where the page reaches, and nothing else', () => {
    expect(times(merged(at(9, 8, 7, 6, 5), at(8, 6), within))).toEqual([9, 8, 6, 5])
    expect(times(merged(at(9, 8, 7), at(8), { ...within, isFirst: true }))).toEqual([8, 7])
    expect(times(merged(at(9, 8, 7), at(8), { ...within, isLast: true }))).toEqual([9, 8])
    expect(merged(at(9, 8), [], { isFirst: true, isLast: true })).toEqual([])
  })

  it('moves one that turned out to have begun at another time, and keeps those of one moment', () => {
    const moved = { id: 's7', startedAtMs: 5 }
    expect(times(merged(at(9, 8, 7), [moved], { ...within, isLast: true }))).toEqual([9, 8, 5])
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, startedAtMs: 8 }))
    if (!a || !b || !c) throw new Error('three')
    expect(merged([a, b], [c], within)).toEqual([a, b, c])
  })
})
