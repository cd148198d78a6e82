import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundStep, tickLabel, ticks } from '../../../../src/renderer/waterfall/axis.ts'
import { scaleOf } from '../../../../src/renderer/waterfall/scale.ts'
import { anyRange, gapsIn } from './ranges.ts'

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
    [0.5, 0.5, '500 µs'],
    [250, 50, '250 ms'],
    [500.0005, 0.0005, '500.0005 ms'],
    [90_000_000, 3_600_000, '1 d 1 h'],
  ])('labels %d ms at steps of %d ms as %s', (offset, step, label) => expect(tickLabel(offset, step)).toBe(label))

  it('keeps ticks apart, inside, no two alike, and out of breaks', () => {
    fc.assert(
      fc.property(anyRange, gapsIn, fc.integer({ min: 100, max: 2000 }), (shown, gaps, width) => {
        const scale = scaleOf(shown, width, gaps)
        const found = ticks(scale, 1000)
        for (const [index, { x }] of found.entries()) {
          expect(x).toBeGreaterThanOrEqual(-1)
          expect(x).toBeLessThanOrEqual(width + 1)
          if (index > 0) expect(x - (found[index - 1]?.x ?? 0)).toBeGreaterThanOrEqual(63.9)
          for (const { startX, endX, isBreak } of scale.segments)
            if (isBreak) expect(x > startX + 1e-3 && x < endX - 1e-3).toBe(false)
        }
        expect(new Set(found.map(({ label }) => label)).size).toBe(found.length)
      }),
    )
  })
})
