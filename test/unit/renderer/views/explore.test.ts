import { expect, test } from 'vitest'
import { placeOf } from '../../../../src/renderer/views/explore/errors/kinds.ts'
import { attributesOf, parseAttribute } from '../../../../src/renderer/views/explore/logs/attribute-filter.ts'
import { levelOf } from '../../../../src/renderer/views/explore/logs/levels.ts'
import {
  aggregationsOf,
  chartUnit,
  groupFigures,
  unitName,
} from '../../../../src/renderer/views/explore/metrics/figures.ts'
import { asCsv, asJson, numericColumns } from '../../../../src/renderer/views/explore/sql/rows.ts'
import { tabOf } from '../../../../src/renderer/views/explore/tabs.ts'

test('an attribute filter ends its key at the first equals sign; without a key it is none', () => {
  expect(parseAttribute('tool_name = exec_command')).toEqual({ key: 'tool_name', value: 'exec_command' })
  expect(parseAttribute('arguments={"a":"b=c"}')).toEqual({ key: 'arguments', value: '{"a":"b=c"}' })
  expect(parseAttribute('model=')).toEqual({ key: 'model', value: '' })
  expect(parseAttribute('no sign')).toBeNull()
  expect(parseAttribute('=value')).toBeNull()
  expect(attributesOf(['a=1', 'nothing', 'b=2']).map(({ key }) => key)).toEqual(['a', 'b'])
})

test('a turn that failed leads to its row', () => {
  const error = {
    sessionId: 's',
    session: { title: null, folder: null, startedAtMs: null },
    what: 'turn 3',
    message: '',
  }
  const places = { callId: null, turn: 3, traceId: null, spanId: null }
  const place = placeOf({ kind: 'turn', timeMs: 5, ...error, ...places })
  expect(place).toMatchObject({ params: { id: 's' }, query: { row: 't:s:3' } })
})

test('words of a link that name no tab or level fall back to the first, and to all', () => {
  expect(tabOf('sql')).toBe('sql')
  expect(tabOf('toString')).toBe('errors')
  expect(levelOf('13')).toBe(13)
  expect(levelOf('12')).toBe(0)
})

test('groups of a metric come with their sums, extremes and latest value, the largest first', () => {
  const points = [
    { atMs: 0, group: 'a', value: 2 },
    { atMs: 0, group: 'b', value: 9 },
    { atMs: 60_000, group: 'a', value: 1 },
  ]
  expect(groupFigures(points)).toEqual([
    { group: 'b', total: 9, least: 9, most: 9, latest: 9, buckets: 1 },
    { group: 'a', total: 3, least: 1, most: 2, latest: 1, buckets: 2 },
  ])
})

test('a counter offers no percentiles, and seconds are drawn as a duration', () => {
  expect(aggregationsOf({ kind: 'sum' })).toEqual(['sum', 'count'])
  expect(aggregationsOf({ kind: 'histogram' })[0]).toBe('p95')
  expect(chartUnit('s')).toEqual({ unit: 'ms', factor: 1000 })
  expect(['1', '{token}', 'By'].map(unitName)).toEqual(['', 'token', 'By'])
})

const result = {
  columns: ['name', 'count', 'count'],
  rows: [
    ['a, "b"', 1, 2],
    [null, 3, null],
  ],
  truncated: false,
  cutCells: 0,
  elapsedMs: 1,
}

test('rows are copied as RFC 4180 and as JSON, and no column of the same name is lost', () => {
  expect(asCsv(result)).toBe('name,count,count_2\r\n"a, ""b""",1,2\r\n,3,\r\n')
  expect(JSON.parse(asJson(result))).toEqual([
    { name: 'a, "b"', count: 1, count_2: 2 },
    { name: null, count: 3, count_2: null },
  ])
  expect(numericColumns(result)).toEqual([false, true, true])
})
