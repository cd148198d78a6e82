import { afterEach, beforeEach, expect, it } from 'vitest'
import { aWeekAgo, momentOf } from '../../../src/contract/moment.ts'

const zone = process.env.TZ

beforeEach(() => {
  process.env.TZ = 'America/Los_Angeles'
})
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

it('a day begins at midnight here, and so does a time that names no zone go by the clock here', () => {
  const now = Date.UTC(2026, 10, 29, 12)
  const of = (text: string): string => new Date(momentOf(text, now) ?? NaN).toISOString()
  expect(of('2026-11-01')).toBe('2026-11-01T07:00:00.000Z')
  expect(of('2026-11-02')).toBe('2026-11-02T08:00:00.000Z')
  expect(of('2026-11-02T12:00')).toBe('2026-11-02T20:00:00.000Z')
  expect(of('2026-11-02T12:00:00Z')).toBe('2026-11-02T12:00:00.000Z')
  expect(of(' 90m ')).toBe('2026-11-29T10:30:00.000Z')
})

it('a week has seven days with today, also where one of them has 25 hours', () => {
  expect(aWeekAgo(Date.UTC(2026, 10, 5, 20))).toBe(new Date(2026, 9, 30).getTime())
})

it.each(['yesterday', '7', 'd', '7y', '2026-02-30', '2026-13-01', '26-11-01', '-7d', '2026-11-01T', '2026-11-01Tnoon'])(
  '%s is no moment',
  (text) => {
    expect(momentOf(text, 0)).toBeNull()
  },
)
