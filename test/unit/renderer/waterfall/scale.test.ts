import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boundsOf,
  clampTo,
  followEnd,
  lengthOf,
  panBy,
  roundStep,
  tickLabel,
  ticks,
  timeToX,
  xToTime,
  zoomAt,
} from '../../../../src/renderer/waterfall/scale.ts'

const bounds = { startMs: 1000, endMs: 11_000 }
const within = fc.record({
  startMs: fc.double({ min: 1000, max: 9000, noNaN: true }),
  lengthMs: fc.double({ min: 1, max: 2000, noNaN: true }),
})
const range = within.map(({ startMs, lengthMs }) => ({ startMs, endMs: startMs + lengthMs }))

describe('time and pixels', () => {
  it('turns a time into pixels and back', () => {
    fc.assert(
      fc.property(range, fc.double({ min: 0, max: 1, noNaN: true }), (shown, share) => {
        const timeMs = shown.startMs + share * lengthOf(shown)
        expect(xToTime(timeToX(timeMs, shown, 640), shown, 640)).toBeCloseTo(timeMs, 6)
      }),
    )
  })

  it('keeps the moment under the cursor in place when zooming inside the bounds', () => {
    const shown = { startMs: 4000, endMs: 6000 }
    const zoomed = zoomAt(bounds, shown, 4500, 0.5)
    expect(lengthOf(zoomed)).toBe(1000)
    expect(timeToX(4500, zoomed, 100)).toBeCloseTo(timeToX(4500, shown, 100), 9)
  })

  it('never leaves the bounds, whatever is zoomed and panned', () => {
    fc.assert(
      fc.property(
        range,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        (shown, factor, delta) => {
          for (const next of [zoomAt(bounds, shown, shown.startMs, factor), panBy(bounds, shown, delta)]) {
            expect(next.startMs).toBeGreaterThanOrEqual(bounds.startMs)
            expect(next.endMs).toBeLessThanOrEqual(bounds.endMs + 1e-6)
            expect(lengthOf(next)).toBeGreaterThan(0)
          }
        },
      ),
    )
  })

  it('follows a growing session only from its end', () => {
    const grown = { startMs: 1000, endMs: 12_000 }
    expect(followEnd({ startMs: 9000, endMs: 11_000 }, bounds, grown)).toEqual({ startMs: 10_000, endMs: 12_000 })
    expect(followEnd({ startMs: 5000, endMs: 7000 }, bounds, grown)).toEqual({ startMs: 5000, endMs: 7000 })
  })

  it('gives a session of no length one to divide by', () => {
    expect(lengthOf(boundsOf(5, 5))).toBe(1)
    expect(clampTo(boundsOf(5, 5), { startMs: 0, endMs: 100 })).toEqual({ startMs: 5, endMs: 6 })
  })
})

describe('axis', () => {
  it.each([
    [0.0003, 0.0005],
    [0.3, 0.5],
    [3, 5],
    [130, 200],
    [400, 500],
    [600, 1000],
    [45_000, 60_000],
    [90_000, 120_000],
    [7_000_000, 7_200_000],
  ])('takes the next round step for %d ms: %d ms', (atLeast, step) => expect(roundStep(atLeast)).toBeCloseTo(step, 9))

  it.each([
    [0, 1000, '0'],
    [180_000, 60_000, '3 m'],
    [75_000, 15_000, '1 m 15 s'],
    [2_250, 50, '2.25 s'],
    [60_000, 500, '1 m'],
    [60_500, 500, '1 m 0.5 s'],
    [5_400_000, 1_800_000, '1 h 30 m'],
    [0.5, 0.5, '0.0005 s'],
    [90_000_000, 3_600_000, '1 d 1 h'],
  ])('labels %d ms at steps of %d ms as %s', (offset, step, label) => expect(tickLabel(offset, step)).toBe(label))

  it('keeps ticks apart, inside, and no two alike', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 100, max: 2000 }), (shown, width) => {
        const found = ticks(shown, bounds.startMs, width)
        for (const [index, { x }] of found.entries()) {
          expect(x).toBeGreaterThanOrEqual(-1)
          expect(x).toBeLessThanOrEqual(width + 1)
          if (index > 0) expect(x - (found[index - 1]?.x ?? 0)).toBeGreaterThanOrEqual(63.9)
        }
        expect(new Set(found.map(({ label }) => label)).size).toBe(found.length)
      }),
    )
  })
})
