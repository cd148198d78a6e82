import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  backoffMs,
  grpcVerdict,
  httpVerdict,
  longestWaitMs,
  retryAfterMs,
} from '../../../../src/model/forwarding/retry.ts'

test('only the HTTP answers that OTLP names are retried, and redirects wait for a correction', () => {
  const verdicts = (wanted: string): number[] =>
    Array.from({ length: 500 }, (_, at) => at + 100).filter((status) => httpVerdict(status) === wanted)
  expect(verdicts('sent')).toEqual(Array.from({ length: 100 }, (_, at) => at + 200))
  expect(verdicts('retry').filter((status) => status >= 400)).toEqual([429, 502, 503, 504])
  expect(httpVerdict(301)).toBe('retry')
})

test('only the gRPC codes that OTLP names are retried, RESOURCE_EXHAUSTED with RetryInfo alone', () => {
  const codes = Array.from({ length: 17 }, (_, code) => code)
  expect(codes.filter((code) => grpcVerdict(code, false) === 'retry')).toEqual([1, 4, 10, 11, 14, 15])
  expect(codes.filter((code) => grpcVerdict(code, true) === 'retry')).toEqual([1, 4, 8, 10, 11, 14, 15])
  expect(grpcVerdict(0, false)).toBe('sent')
})

const nowMs = Date.parse('Fri, 31 Dec 1999 23:59:59 GMT')

test.each([
  ['120', 120_000],
  ['0', 0],
  [' 5 ', 5000],
  ['99999999', longestWaitMs],
  ['Sat, 01 Jan 2000 00:00:09 GMT', 10_000],
  ['Saturday, 01-Jan-00 00:00:09 GMT', 10_000],
  ['Fri, 31 Dec 1999 23:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  ['1.5', null],
  ['', null],
  [undefined, null],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(retryAfterMs(header, nowMs)).toBe(expected)
})

test('each failure doubles the wait, up to the most, with chance of a half to one and a half', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((failures) => backoffMs(failures, 0.5))).toEqual([
    ...[1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000],
  ])
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (failures, random) => {
        const wait = backoffMs(failures, random)
        expect(wait).toBeGreaterThanOrEqual(500)
        expect(wait).toBeLessThanOrEqual(60_000)
      },
    ),
  )
  expect(backoffMs(1, 0)).toBe(500)
  expect(backoffMs(3, 0.999)).toBeGreaterThan(5900)
})
