import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketAt, bucketEdges } from '../../../src/model/panels/buckets.ts'
import { isZone } from '../../../src/model/panels/zone.ts'

const hour = 3_600_000
const day = 24 * hour
const at = Date.parse

/** With changes of the clock at midnight, by half an hour and by a whole day; with half and quarter hours; and none at all. */
const zones = [
  ...['UTC', 'America/New_York', 'Europe/Vienna', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe'],
  ...[
    'America/Sao_Paulo',
    'America/Havana',
    'America/St_Johns',
    'Pacific/Apia',
    'Pacific/Chatham',
    'Africa/Casablanca',
  ],
]
const widths = [1000, 300_000, hour / 2, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 7 * day]

const cuts = fc
  .record({
    zone: fc.constantFrom(...zones),
    fromMs: fc.integer({ min: at('1990-01-01'), max: at('2040-01-01') }),
    bucketMs: fc.constantFrom(...widths),
    buckets: fc.double({ min: 0.01, max: 60, noNaN: true }),
  })
  .map(({ buckets, ...cut }) => ({ ...cut, toMs: cut.fromMs + Math.ceil(buckets * cut.bucketMs) }))

const formats = new Map(
  zones.map((timeZone) => [
    timeZone,
    {
      clock: new Intl.DateTimeFormat('en-GB', {
        timeZone,
        weekday: 'short',
        hourCycle: 'h23',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      }),
      date: new Intl.DateTimeFormat('en-CA', { timeZone }),
    },
  ]),
)
/** A moment as a clock on the wall writes it: `Mon 00:00:00`. */
const shown = (ms: number, zone: string): string | undefined => formats.get(zone)?.clock.format(ms)
const date = (ms: number, zone: string): string | undefined => formats.get(zone)?.date.format(ms)

test('buckets tile the range: each begins where the one before ends, and none is outside', () => {
  fc.assert(
    fc.property(cuts, (cut) => {
      const edges = bucketEdges(cut)
      expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b))
      expect(edges[0]).toBeLessThanOrEqual(cut.fromMs)
      expect(edges[1]).toBeGreaterThan(cut.fromMs)
      expect(edges.at(-2)).toBeLessThan(cut.toMs)
      expect(edges.at(-1)).toBeGreaterThanOrEqual(cut.toMs)
    }),
    { numRuns: 500 },
  )
})

test('days, half days and weeks begin at midnight or noon of the zone, or where the clock has leapt over it', () => {
  fc.assert(
    fc.property(cuts, (cut) => {
      const { zone, bucketMs } = cut
      fc.pre(bucketMs >= 12 * hour)
      for (const edge of bucketEdges(cut)) {
        const words = shown(edge, zone)
        if (bucketMs === 12 * hour && words?.endsWith('12:00:00')) continue
        expect(date(edge - 1, zone), `${zone} ${words}`).not.toBe(date(edge, zone))
        if (bucketMs === 7 * day) expect(words).toMatch(/^Mon/)
      }
    }),
    { numRuns: 500 },
  )
})

test('a day holds all of its date and of no other, whichever hours it has', () => {
  fc.assert(
    fc.property(cuts, fc.double({ min: 0, max: 0.999_999, noNaN: true }), (cut, share) => {
      const edges = bucketEdges({ ...cut, bucketMs: day, toMs: cut.fromMs + 40 * day })
      for (const [index, edge] of edges.slice(0, -1).entries()) {
        const inside = Math.floor(edge + share * ((edges[index + 1] ?? 0) - edge))
        expect(date(inside, cut.zone)).toBe(date(edge, cut.zone))
      }
    }),
    { numRuns: 100 },
  )
})

test('up to an hour they are equally long, in full hours of the zone', () => {
  const fromMs = at('2026-11-01T04:10:00Z')
  const lengths = (zone: string): number[] =>
    bucketEdges({ fromMs, toMs: fromMs + 5 * hour, bucketMs: hour, zone }).map(
      (edge, i, all) => (all[i + 1] ?? NaN) - edge,
    )
  // The hour in which New York puts its clocks back is there twice.
  expect(lengths('America/New_York').slice(0, -1)).toEqual(Array(6).fill(hour))
  expect(bucketEdges({ fromMs, toMs: fromMs + 1, bucketMs: hour, zone: 'Asia/Kathmandu' })[0]).toBe(
    at('2026-11-01T03:15Z'),
  )
})

describe('the days around a change of the clock', () => {
  const days = (zone: string, from: string, count: number): string[] =>
    bucketEdges({ fromMs: at(from), toMs: at(from) + count * day, bucketMs: day, zone }).map((ms) =>
      new Date(ms).toISOString().slice(0, 16),
    )

  test('have 25 hours in autumn and 23 in spring', () => {
    expect(days('America/New_York', '2026-10-31T05:00Z', 1.5)).toEqual([
      ...['2026-10-31T04:00', '2026-11-01T04:00', '2026-11-02T05:00'],
    ])
    expect(days('Europe/Vienna', '2026-03-28T00:00Z', 1.5)).toEqual([
      ...['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00'],
    ])
  })

  test('begin at the first moment there is, where midnight is leapt over, and at the first of two midnights', () => {
    expect(days('America/Sao_Paulo', '2018-11-03T05:00Z', 1)).toEqual([
      ...['2018-11-03T03:00', '2018-11-04T03:00', '2018-11-05T02:00'],
    ])
    expect(days('America/Havana', '2026-11-01T12:00Z', 0.5)).toEqual(['2026-11-01T04:00', '2026-11-02T05:00'])
  })

  test('are one fewer where the calendar leaves one out', () => {
    expect(days('Pacific/Apia', '2011-12-29T12:00Z', 1.5)).toEqual([
      ...['2011-12-29T10:00', '2011-12-30T10:00', '2011-12-31T10:00'],
    ])
  })
})

test('a moment lies in the last bucket that began, and beyond the ends in the outermost', () => {
  const edges = [1000, 2000, 3000, 4500]
  expect([0, 1000, 1999, 2000, 4499, 9000].map((ms) => bucketAt(edges, ms))).toEqual([0, 0, 0, 1, 2, 2])
})

test('a zone is a name that calendars know', () => {
  expect(['UTC', 'Asia/Kolkata', 'Etc/Unknown', 'Mars/Olympus', ''].map(isZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
