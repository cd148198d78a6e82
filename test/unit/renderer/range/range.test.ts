import { describe, expect, test } from 'vitest'
import { boundsBefore, boundsOf, customRange, readRange, writeRange } from '../../../../src/renderer/range/range.ts'
import { fromInput, rangeName, toInput } from '../../../../src/renderer/range/words.ts'

describe('a range in a link', () => {
  test('comes back as it was written', () => {
    for (const range of [null, { kind: 'preset', id: '24h' }, { kind: 'custom', fromMs: 1000, toMs: 61_000 }] as const)
      expect(readRange(writeRange(range))).toEqual(range)
  })

  test('that cannot be is none', () => {
    const no = [{ range: '9d' }, { range: 'custom' }, { range: 'custom', from: 'x', to: '5' }]
    const turned = [
      { range: 'custom', from: '5', to: '5' },
      { range: 'custom', from: '-5', to: '5' },
      { range: ['1h'] },
    ]
    for (const query of [...no, ...turned, { range: 'custom', from: '5', to: '1e300' }])
      expect(readRange(query)).toBeNull()
  })
})

test('a preset ends now, and the stretch before it ends where it begins', () => {
  const bounds = boundsOf({ kind: 'preset', id: '1h' }, 10_000_000)
  expect(bounds).toEqual({ fromMs: 6_400_000, toMs: 10_000_000 })
  expect(boundsBefore(bounds)).toEqual({ fromMs: 2_800_000, toMs: 6_400_000 })
  expect(boundsOf({ kind: 'custom', fromMs: 5, toMs: 9 }, 10_000_000)).toEqual({ fromMs: 5, toMs: 9 })
})

test('a custom range is entered and named in local time', () => {
  const at = new Date(2026, 10, 13, 14, 2, 11).getTime()
  expect(toInput(at)).toBe('2026-11-13T14:02:11')
  expect(fromInput(toInput(at))).toBe(at)
  expect(customRange(fromInput(''), at)).toBeNull()
  const whole = new Date(2026, 10, 13, 14, 0).getTime()
  expect(rangeName({ kind: 'custom', fromMs: whole, toMs: whole + 7_200_000 }, at)).toBe('Today 14:00 – 16:00')
  expect(rangeName(null, at)).toBe('All time')
})

test('ranges of the calendar stay the same words in a link, and begin at midnights', () => {
  const now = new Date(2026, 2, 29, 15, 30).getTime() // a Sunday
  const at = (month: number, day: number): number => new Date(2026, month, day).getTime()
  const of = (id: string) => {
    const range = readRange({ range: id })
    expect(range, id).not.toBeNull()
    expect(writeRange(range)).toEqual({ range: id })
    return range === null ? null : boundsOf(range, now)
  }
  expect(of('today')).toEqual({ fromMs: at(2, 29), toMs: now })
  expect(of('yesterday')).toEqual({ fromMs: at(2, 28), toMs: at(2, 29) })
  expect(of('week')).toEqual({ fromMs: at(2, 23), toMs: now })
  expect(of('month')).toEqual({ fromMs: at(2, 1), toMs: now })
  expect(of('last-month')).toEqual({ fromMs: at(1, 1), toMs: at(2, 1) })
  expect(boundsOf({ kind: 'preset', id: 'today' }, at(2, 29))).toEqual({ fromMs: at(2, 29) - 1, toMs: at(2, 29) })
})

test('days of the calendar have 23 hours or 25 where the clock is moved', () => {
  const zone = process.env.TZ
  try {
    process.env.TZ = 'Europe/Prague'
    const hoursOf = (now: Date): number => {
      const { fromMs, toMs } = boundsOf({ kind: 'past', id: 'yesterday' }, now.getTime())
      return (toMs - fromMs) / 3_600_000
    }
    expect(hoursOf(new Date(2026, 2, 30, 8))).toBe(23)
    expect(hoursOf(new Date(2026, 9, 26, 8))).toBe(25)
    expect(hoursOf(new Date(2026, 6, 1, 0, 0, 0, 1))).toBe(24)
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})
