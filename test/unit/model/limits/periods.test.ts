import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movesOf, type Moves } from '../../../../src/model/codex/limits/moves.ts'
import { periodsOf } from '../../../../src/model/codex/limits/periods.ts'
import type { LimitSample } from '../../../../src/model/codex/limits/sample.ts'
import { fiveHours, hour, minute, nine, reset, sample } from './samples.ts'

const always = { fromMs: 0, toMs: Infinity }
const shapes = (samples: readonly LimitSample[]) =>
  periodsOf(samples, fiveHours).map(({ usedPercent, end, endMs }) => [usedPercent, end, endMs])
const moves = (samples: readonly LimitSample[]): Moves => movesOf(periodsOf(samples, fiveHours), always)
const ofSession = (samples: readonly LimitSample[], id = 'a'): number | undefined =>
  moves(samples).sessions.find(({ sessionId }) => sessionId === id)?.risePercent

const next = { resetsAtMs: nine + 11 * hour }

describe('the fillings of a window', () => {
  it('end where the window is reset, and the use after that counts from zero', () => {
    const samples = [sample(0, 10), sample(30, 14), sample(6.1 * 60, 3, next), sample(6.2 * 60, 5, next)]
    expect(shapes(samples)).toEqual([
      [14, 'reset', reset],
      [5, 'open', nine + 11 * hour],
    ])
  })

  it('end early where the service begins the window anew', () => {
    const anew = { resetsAtMs: nine + 6 * hour }
    expect(shapes([sample(30, 40), sample(61, 1, anew)])).toEqual([
      [40, 'anew', nine + 61 * minute],
      [1, 'open', nine + 6 * hour],
    ])
  })

  it('are one though the moment of the reset is told with some seconds more or less', () => {
    const later = { resetsAtMs: reset + 40_000 }
    expect(shapes([sample(0, 10), sample(1, 11, later), sample(2, 12)])).toHaveLength(1)
  })

  it('are not begun by a window that nothing was used of, whose reset moves on with the clock', () => {
    const samples = [0, 60, 120].map((at) => sample(at, 0, { resetsAtMs: nine + at * minute + 5 * hour }))
    expect(shapes(samples)).toEqual([[0, 'open', nine + 7 * hour]])
  })

  it('end with the plan, whose percents are of another whole', () => {
    const samples = [sample(0, 80, { plan: 'plus' }), sample(1, 81), sample(2, 20, { plan: 'pro' })]
    expect(shapes(samples)).toEqual([
      [81, 'plan', nine + 2 * minute],
      [20, 'open', reset],
    ])
    expect(moves(samples)).toMatchObject({ sessions: [{ risePercent: 1 }], elsewherePercent: 0 })
  })

  it('begin anew where a session itself notes less than before, though the reset stays', () => {
    expect(shapes([sample(0, 60), sample(5, 20), sample(6, 21)]).map(([used]) => used)).toEqual([60, 21])
  })

  it('hold more than 100 %', () => {
    expect(shapes([sample(0, 99), sample(1, 104)])).toEqual([[104, 'open', reset]])
  })

  it('are told without a moment of reset', () => {
    const samples = [0, 1, 2].map((at) => sample(at, at === 2 ? 1 : 10 + at, { resetsAtMs: null }))
    expect(shapes(samples)).toEqual([
      [11, 'anew', nine + 2 * minute],
      [1, 'open', null],
    ])
  })
})

describe('what a session moved', () => {
  it('is the rises that its turns told of, turn by turn', () => {
    const second = { turnId: 'turn-b', turnStartMs: nine + 2 * minute }
    expect(moves([sample(0, 10), sample(1, 12.5), sample(3, 13, second), sample(4, 13.2, second)])).toEqual({
      sessions: [
        {
          sessionId: 'a',
          risePercent: 3.2,
          turns: [
            { turnId: 'turn-a', atMs: nine + minute, risePercent: 2.5 },
            { turnId: 'turn-b', atMs: nine + 3 * minute, risePercent: 0.7 },
          ],
        },
      ],
      elsewherePercent: 0,
    })
  })

  it('goes on over a reset, with all of the new window where that began after the last look', () => {
    const over = { resetsAtMs: nine + 9.02 * hour }
    const turn = { turnStartMs: nine + 230 * minute }
    expect(ofSession([sample(235, 96, turn), sample(239, 97, turn), sample(242, 3, { ...over, ...turn })])).toBe(4)
  })

  it('leaves out what was used before anything was noted', () => {
    expect(moves([sample(0, 55)])).toEqual({ sessions: [], elsewherePercent: 0 })
  })

  it('has the whole of a window that began with the turn', () => {
    expect(ofSession([sample(0.2, 2, { turnStartMs: nine - 1000, resetsAtMs: nine + 5 * hour })])).toBe(2)
  })

  it('is told apart where two sessions run side by side, and a figure that comes late takes nothing back', () => {
    const b = { sessionId: 'b', turnId: 'turn-b' }
    const samples = [sample(0, 10), sample(1, 11, b), sample(2, 13), sample(3, 12, b), sample(4, 14, b)]
    expect(ofSession(samples)).toBe(2)
    expect(ofSession(samples, 'b')).toBe(2)
    expect(shapes(samples)).toHaveLength(1)
  })

  it('leaves out what rose while no turn was at work here', () => {
    const later = { turnId: 'turn-b', turnStartMs: nine + 120 * minute }
    expect(moves([sample(0, 10), sample(121, 40, later), sample(122, 41, later)])).toMatchObject({
      sessions: [{ risePercent: 1 }],
      elsewherePercent: 30,
    })
  })

  it('has nothing of a refusal, which uses nothing', () => {
    expect(moves([sample(0, 90), sample(1, 100, { reached: true })])).toEqual({ sessions: [], elsewherePercent: 10 })
  })

  it('is what lies in the range', () => {
    const periods = periodsOf([sample(0, 10), sample(1, 12), sample(2, 15)], fiveHours)
    const { sessions } = movesOf(periods, { fromMs: nine + 2 * minute, toMs: nine + 3 * minute })
    expect(sessions.map(({ risePercent }) => risePercent)).toEqual([3])
  })
})

const anySample = fc.record({
  atMs: fc.integer({ min: nine, max: nine + 24 * hour }),
  sessionId: fc.constantFrom('a', 'b', 'c'),
  turnId: fc.option(fc.constantFrom('t', 'u')),
  turnStartMs: fc.option(fc.integer({ min: nine, max: nine + 24 * hour })),
  usedPercent: fc.double({ min: 0, max: 130, noNaN: true }),
  resetsAtMs: fc.option(fc.constantFrom(...[5, 10, 15, 20, 25].map((hours) => nine + hours * hour))),
  plan: fc.option(fc.constantFrom('plus', 'pro')),
  reached: fc.boolean(),
})

describe('whatever was noted', () => {
  it('gives the same fillings in whatever order it is read', () => {
    const samples = fc.uniqueArray(anySample, { selector: ({ atMs }) => atMs, maxLength: 40 })
    fc.assert(
      fc.property(
        samples.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([samples, shuffled]) => {
          expect(periodsOf(shuffled, fiveHours)).toEqual(periodsOf(samples, fiveHours))
        },
      ),
    )
  })

  it('keeps every sample in one filling, never falls, and moves no window by more than it was filled', () => {
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 60 }), (samples) => {
        const periods = periodsOf(samples, fiveHours)
        expect(periods.flatMap(({ points }) => points)).toHaveLength(samples.length)
        const filled = periods.reduce((sum, { usedPercent }) => sum + usedPercent, 0)
        const { sessions, elsewherePercent } = movesOf(periods, always)
        const moved = sessions.reduce((sum, { risePercent }) => sum + risePercent, elsewherePercent)
        expect(moved).toBeLessThanOrEqual(filled + 0.001 * (samples.length + 1))
        for (const { points } of periods)
          for (const { risePercent } of points) expect(risePercent).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
