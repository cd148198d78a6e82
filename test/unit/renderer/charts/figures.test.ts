import { describe, expect, test } from 'vitest'
import { changeOf } from '../../../../src/renderer/charts/change.ts'
import { isEmpty, labelOf } from '../../../../src/renderer/charts/rows.ts'
import { cellOf, columnsOf, csvOf, withNames } from '../../../../src/renderer/charts/table.ts'
import { perBucket, bucketSpan, exactInUnit, inUnit, onAxis } from '../../../../src/renderer/charts/unit.ts'

test('figures have their unit and a precision that can be used', () => {
  expect(inUnit(18_400_000, 'tokens')).toBe('18.4M')
  expect(inUnit(0.9236, 'share')).toBe('92.4 %')
  expect(inUnit(0.99999, 'share')).toBe('>99.9 %')
  expect(inUnit(0.0001, 'share')).toBe('<0.1 %')
  expect(inUnit(null, 'share')).toBe('–')
  expect(inUnit(1.84, 'usd/h')).toBe('$1.84 / h')
  expect(inUnit(2941, 'count')).toBe('2,941')
  expect(inUnit(340, 'ms')).toBe('340 ms')
})

test('the exact value is in reach', () => {
  expect(exactInUnit(18_412_345, 'tokens')).toBe('18,412,345 tokens')
  expect(exactInUnit(0.923456, 'share')).toBe('92.3456 %')
  expect(exactInUnit(14_200, 'ms')).toBe('14.200 s')
  expect([47_447.285714, 0.285714].map((mean) => exactInUnit(mean, 'count'))).toEqual(['47,447.29', '0.285714'])
})

test('a noun beside a single figure is in the singular', () => {
  const calls = { label: 'model calls', one: 'model call' }
  expect([0, 1, 2, null].map((value) => labelOf(value, calls))).toEqual([
    'model calls',
    'model call',
    'model calls',
    'model calls',
  ])
  expect(labelOf(1, { label: 'failed' })).toBe('failed')
  expect(exactInUnit(1, 'tokens')).toBe('1 token')
})

test('an axis carries round figures without idle digits', () => {
  expect([0, 20_000, 120_000, 3_600_000].map((ms) => onAxis(ms, 'ms'))).toEqual(['0', '20 s', '2 m', '1 h'])
  expect(onAxis(2_000_000, 'tokens')).toBe('2M')
  expect(onAxis(0.5, 'share')).toBe('50 %')
})

test('a width of one unit is called by its name, without a count', () => {
  expect([7_200_000, 30_000, 172_800_000].map(perBucket)).toEqual(['per 2 h', 'per 30 s', 'per 2 days'])
  expect([604_800_000, 86_400_000, 3_600_000, 60_000, 1000].map(perBucket)).toEqual(
    ['week', 'day', 'hour', 'minute', 'second'].map((unit) => `per ${unit}`),
  )
  expect(perBucket(500)).toBe('per 0.5 s')
})

test('a bucket is called by its clock, whole days by their dates', () => {
  const at = (day: number, hour = 0): number => new Date(2026, 10, day, hour).getTime()
  const name = (fromMs: number, toMs: number): string => bucketSpan({ fromMs, toMs }, at(28, 12))
  expect(name(at(1), at(2))).toBe('1 Nov')
  expect(name(at(2), at(9))).toBe('2 Nov – 8 Nov')
  expect(name(at(1, 12), at(2))).toBe('1 Nov 12:00 – 00:00')
  expect(name(at(28, 9), at(28, 10))).toBe('Today 09:00 – 10:00')
})

describe('the change against the stretch before', () => {
  test('is relative, of shares in points, and says whether it is welcome', () => {
    expect(changeOf(112, 100, 'tokens', undefined)).toEqual({ text: '▲ 12 %', up: true, good: null })
    expect(changeOf(5, 10, 'usd', undefined)).toEqual({ text: '▼ 50 %', up: false, good: true })
    expect(changeOf(152, 1, 'count', undefined)?.text).toBe('▲ 152×')
    expect(changeOf(1e9, 1, 'count', undefined)?.text).toBe('▲ >999×')
    expect(changeOf(0.92, 0.9, 'share', 'tool')).toEqual({ text: '▲ 2.0 pt', up: true, good: true })
    expect(changeOf(0.12, 0.1, 'share', 'error')).toMatchObject({ good: false })
  })

  test('is none where there was nothing, or nothing changed', () => {
    expect(changeOf(5, 0, 'tokens', undefined)).toBeNull()
    expect(changeOf(5, null, 'tokens', undefined)).toBeNull()
    expect(changeOf(100, 100, 'tokens', undefined)).toBeNull()
    expect(changeOf(1_000_000, 1_000_001, 'tokens', undefined)).toBeNull()
  })
})

test('zero is an answer of a figure, and nothing to draw for a chart', () => {
  expect(isEmpty({ kind: 'stat', value: 'n' }, [{ n: 0 }])).toBe(false)
  expect(isEmpty({ kind: 'pie', label: 'a', value: 'n' }, [{ a: 'x', n: 0 }])).toBe(true)
  const series = [{ column: 'n', label: 'n' }]
  expect(isEmpty({ kind: 'time', shape: 'bars', series }, [{ atMs: 0, n: 0 }])).toBe(true)
  expect(isEmpty({ kind: 'time', shape: 'line', series }, [{ atMs: 0, n: 0 }])).toBe(false)
  expect(isEmpty({ kind: 'time', shape: 'line', series }, [{ atMs: 0, n: null }])).toBe(true)
})

test('a CSV file quotes what needs it, and holds nothing that a spreadsheet would run', () => {
  const view = { kind: 'bars', label: 'tool', value: 'calls' } as const
  const columns = columnsOf(view, 'count', 'Tools')
  const rows = [
    { tool: 'a "b", c', calls: 1.5 },
    { tool: '=HYPERLINK("x")', calls: -2 },
    { tool: '', calls: null },
  ]
  expect(csvOf(columns, rows)).toBe('Name,Tools (count)\r\n"a ""b"", c",1.5\r\n"\'=HYPERLINK(""x"")",-2\r\n,\r\n')
  const time = columnsOf({ kind: 'time', shape: 'bars', series: [{ column: 'n', label: 'n' }] }, 'tokens', 'T')
  expect(csvOf(time, [{ atMs: 0, n: 7 }])).toBe('Time,n (tokens)\r\n1970-01-01T00:00:00.000Z,7\r\n')
})

test('a table calls a session by its name, and keeps its id for links, tips and files', () => {
  const id = '01a1f848-0000-7000-8000-000000001d93'
  const column = { column: 'longestId', label: 'Longest session', unit: 'text' }
  const called = { title: 'Fix the cart', folder: '/home/ada/shop', startedAtMs: 0 }
  const [row = {}] = withNames([{ longestId: id }], { [id]: called })
  expect(cellOf(row, column, false)).toBe('Fix the cart')
  expect(cellOf(row, column, true)).toBe(id)
  expect(csvOf([column], [row])).toBe(`Longest session\r\n${id}\r\n`)
  expect(cellOf({ longestId: id }, column, false)).toBe('01a1f848…1d93')
})

test('a table tells when a bucket begins without idle zeros', () => {
  const column = { column: 'atMs', label: 'Time', unit: 'time' }
  const at = new Date(2026, 10, 20, 12).getTime()
  const shown = [0, 5000, 65_250].map((after) => cellOf({ atMs: at + after }, column, true))
  expect(shown).toEqual(['2026-11-20 12:00', '2026-11-20 12:00:05', '2026-11-20 12:01:05.250'])
})

test('a severity is told by its word, and stays a number in files', () => {
  const column = { column: 'severity', label: 'Severity', unit: 'severity' }
  const words = [0, 1, 9, 13, 17, 18, 24, 25].map((severity) => cellOf({ severity }, column, false))
  expect(words).toEqual(['not set', 'TRACE', 'INFO', 'WARN', 'ERROR', 'ERROR2', 'FATAL4', 'not set'])
  expect(csvOf([column], [{ severity: 17 }])).toBe('Severity\r\n17\r\n')
})
