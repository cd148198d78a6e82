import { expect, it } from 'vitest'
import { longFromMs, longSessionMs } from '../../../../src/model/session/long.ts'

const minutes = (...values: number[]): number[] => values.map((value) => value * 60_000)
const twenty = (value: number): number[] => minutes(...Array<number>(19).fill(value), 600)

it('takes the line where the sessions are shorter, and the P95 of the user where most are longer', () => {
  expect(longFromMs(twenty(1))).toBe(longSessionMs)
  expect(longFromMs(twenty(45))).toBe(45 * 60_000)
  // Of a few sessions there is no percentile.
  expect(longFromMs(minutes(45, 50, 60))).toBe(longSessionMs)
})
