import fc from 'fast-check'
import { expect, it } from 'vitest'
import { momentOf } from '../../../../src/model/codex/rollout/moment.ts'

/** NaN where 64 bits do not hold its nanoseconds. */
function kept(words: string): number {
  const ms = Date.parse(words)
  return Math.abs(ms) <= 9_223_372_036_000 ? ms : NaN
}

it('is what Date.parse makes of any moment that can be kept, whatever was asked before', () => {
  const moment = fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1 }), (words) => {
      expect(words.map(momentOf)).toEqual(words.map(kept))
    }),
  )
})

it('is what Date.parse makes of a text that is none, or is written in another way', () => {
  const usual = '2026-11-28T12:34:56.789Z'
  const others = [...usual].flatMap((_, i) =>
    ['', '9', '3', ':', 'x'].map((sign) => usual.slice(0, i) + sign + usual.slice(i + 1)),
  )
  const written = [
    '',
    '2026-11-28',
    '2026-11-28T24:00:00.000Z',
    '2026-11-28T12:34:56Z',
    '2026-11-28T12:34:56.789+01:00',
  ]
  for (const words of [usual, ...others, ...written]) expect(momentOf(words), words).toEqual(kept(words))
})
