import { expect, test } from 'vitest'
import { awayByCall, awayWithin, type TimedCall } from '../../../src/model/codex/away.ts'
import { fastestMs } from '../patterns/attacks.ts'

const second = 1_000_000_000

function call(callId: string, startS: number, endS: number, tookS: number): TimedCall {
  return { callId, at: endS * second, durationMs: tookS * 1000, spanStart: startS * second, spanEnd: endS * second }
}

const inSeconds = (away: ReturnType<typeof awayByCall>): [string, number, number][] =>
  [...away].flatMap(([id, gaps]) =>
    gaps.map(({ start, end }): [string, number, number] => [id, start / second, end / second]),
  )

test('a call whose span is longer than it took was interrupted by a sleep', () => {
  expect(inSeconds(awayByCall([call('slept', 100, 10_000, 4)], []))).toEqual([['slept', 104, 10_000]])
})

test('a span a little longer than its call is no sleep', () => {
  expect(awayByCall([call('busy', 0, 8, 4)], []).size).toBe(0)
})

test('the gap lies where nothing was heard of', () => {
  const moments = [3, 5, 900, 902].map((at) => at * second)
  expect(inSeconds(awayByCall([call('slept', 0, 1000, 105)], moments))).toEqual([['slept', 5, 900]])
})

test('two sleeps within one call are both found', () => {
  const moments = [10, 500, 520].map((at) => at * second)
  expect(inSeconds(awayByCall([call('slept', 0, 1000, 30)], moments))).toEqual([
    ['slept', 10, 500],
    ['slept', 520, 1000],
  ])
})

test('a call that waits behind another one waits: the machine was awake', () => {
  expect(inSeconds(awayByCall([call('long', 0, 400, 400), call('queued', 1, 401, 1)], []))).toEqual([])
})

test('thousands of calls that slept at once are looked at in a moment', () => {
  const calls = Array.from({ length: 1500 }, (_, i) => call(String(i), i, i + 20_000, 1))
  const moments = Array.from({ length: 10_000 }, (_, i) => i * second)
  let away: ReturnType<typeof awayByCall> = new Map()
  expect(fastestMs(() => (away = awayByCall(calls, moments)), 500)).toBeLessThan(500)
  expect(away.size).toBe(1500)
})

test('what was away of a turn is counted once, and only within it', () => {
  const away = awayByCall([call('a', 0, 1000, 100), call('b', 0, 1000, 100)], [])
  expect(awayWithin({ start: 0, end: 2000 * second }, away)).toBe(900 * second)
  expect(awayWithin({ start: 0, end: 500 * second }, away)).toBe(400 * second)
})
