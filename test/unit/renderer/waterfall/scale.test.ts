import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boundsOf,
  clampTo,
  followEnd,
  lengthOf,
  panBy,
  scaleOf,
  zoomAt,
} from '../../../../src/renderer/waterfall/scale.ts'
import { anyRange, gapsIn } from './ranges.ts'

const bounds = { startMs: 1000, endMs: 601_000 }
const share = fc.double({ min: -0.5, max: 1.5, noNaN: true })

describe('time and pixels', () => {
  it('turns a time into pixels and back, whatever is squeezed', () => {
    fc.assert(
      fc.property(anyRange, gapsIn, share, (shown, gaps, at) => {
        const scale = scaleOf(shown, 640, gaps)
        const timeMs = shown.startMs + at * lengthOf(shown)
        const back = scale.toTime(scale.toX(timeMs))
        expect(Math.abs(back - timeMs)).toBeLessThan(1e-6 * Math.max(1, lengthOf(shown)))
      }),
    )
  })

  it('never goes back: later is further right, whatever is squeezed', () => {
    fc.assert(
      fc.property(anyRange, gapsIn, share, share, (shown, gaps, a, b) => {
        const scale = scaleOf(shown, 640, gaps)
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((at) => shown.startMs + at * lengthOf(shown))
        if ((late ?? 0) - (early ?? 0) < 1e-3) return
        expect(scale.toX(late ?? 0)).toBeGreaterThan(scale.toX(early ?? 0))
      }),
    )
  })

  it('covers the view from edge to edge without a gap between its segments', () => {
    fc.assert(
      fc.property(anyRange, gapsIn, (shown, gaps) => {
        const { segments, toX } = scaleOf(shown, 640, gaps)
        expect(segments[0]).toMatchObject({ startMs: shown.startMs, startX: 0 })
        expect(segments.at(-1)?.endMs).toBe(shown.endMs)
        expect(toX(shown.endMs)).toBeCloseTo(640, 6)
        for (const [at, { startMs, startX }] of segments.entries())
          if (at > 0) expect([startMs, startX]).toEqual([segments[at - 1]?.endMs, segments[at - 1]?.endX])
      }),
    )
  })

  it('squeezes what is long in this view, and only that', () => {
    const shown = { startMs: 0, endMs: 100_000 }
    const gaps = [
      { startMs: 10_000, endMs: 14_000 },
      { startMs: 20_000, endMs: 80_000 },
    ]
    const breaks = scaleOf(shown, 1014, gaps).segments.filter(({ isBreak }) => isBreak)
    expect(breaks).toEqual([{ startMs: 20_000, endMs: 80_000, startX: 500, endX: 514, isBreak: true }])
    // 0.8 s of 1 s are most of the view, but not worth a break.
    const close = scaleOf({ startMs: 0, endMs: 1000 }, 1000, [{ startMs: 100, endMs: 900 }])
    expect(close.segments).toHaveLength(1)
  })

  it('draws a view of nothing but a gap evenly', () => {
    const { segments, toX } = scaleOf({ startMs: 0, endMs: 10_000 }, 100, [{ startMs: -5, endMs: 20_000 }])
    expect(segments).toHaveLength(1)
    expect(toX(5000)).toBe(50)
  })
})

describe('zooming and moving', () => {
  it('keeps the moment under the cursor in place when zooming inside the bounds', () => {
    const shown = { startMs: 4000, endMs: 6000 }
    const x = scaleOf(shown, 100).toX(4500)
    const zoomed = zoomAt(bounds, scaleOf(shown, 100), x, 0.5)
    expect(lengthOf(zoomed)).toBeCloseTo(1000, 6)
    expect(scaleOf(zoomed, 100).toX(4500)).toBeCloseTo(x, 6)
  })

  it('never leaves the bounds, whatever is zoomed and moved', () => {
    const pixels = fc.double({ min: -1e5, max: 1e5, noNaN: true })
    const factor = fc.double({ min: 0.001, max: 100, noNaN: true })
    fc.assert(
      fc.property(anyRange, gapsIn, factor, pixels, (shown, gaps, by, moved) => {
        const scale = scaleOf(clampTo(bounds, shown), 640, gaps)
        for (const next of [zoomAt(bounds, scale, 320, by), panBy(bounds, scale, moved)]) {
          expect(next.startMs).toBeGreaterThanOrEqual(bounds.startMs)
          expect(next.endMs).toBeLessThanOrEqual(bounds.endMs + 1e-6)
          expect(lengthOf(next)).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('moves by as many pixels as asked, and stops at the end', () => {
    const scale = scaleOf({ startMs: 2000, endMs: 3000 }, 100)
    expect(panBy(bounds, scale, 10)).toEqual({ startMs: 2100, endMs: 3100 })
    expect(panBy(bounds, scale, -500)).toEqual({ startMs: 1000, endMs: 2000 })
  })

  it('follows a growing session only from its end', () => {
    const before = { startMs: 1000, endMs: 11_000 }
    const grown = { startMs: 1000, endMs: 12_000 }
    expect(followEnd({ startMs: 9000, endMs: 11_000 }, before, grown)).toEqual({ startMs: 10_000, endMs: 12_000 })
    expect(followEnd({ startMs: 5000, endMs: 7000 }, before, grown)).toEqual({ startMs: 5000, endMs: 7000 })
  })

  it('gives a session of no length one to divide by', () => {
    expect(lengthOf(boundsOf(5, 5))).toBe(1)
    expect(clampTo(boundsOf(5, 5), { startMs: 0, endMs: 100 })).toEqual({ startMs: 5, endMs: 6 })
  })
})
