import { expect, test } from 'vitest'
import { filters as schema, isNarrowed } from '../../../../src/model/panels/filters.ts'
import {
  noFilters,
  readFilters,
  someOf,
  withField,
  writeFilters,
} from '../../../../src/renderer/filters/filter-query.ts'

test('filters come back from a link as they were written, "not set" and helpers included', () => {
  const filters = { model: ['gpt-5.5', 'gpt-6.1-sol'], user: [''], helpers: false }
  expect(writeFilters(filters)).toEqual({ ...filters, helpers: 'off' })
  expect(readFilters(writeFilters(filters))).toEqual(filters)
  expect(writeFilters(noFilters)).toEqual({})
  expect(readFilters({})).toEqual(noFilters)
})

test('a link by hand gives filters that the engine takes', () => {
  const read = readFilters({ model: ['a', 'a', null], project: 'x'.repeat(5000), other: 'y', environment: null })
  expect(schema.parse(read)).toEqual(read)
  expect(read.model).toEqual(['a', ''])
})

test('a field without values narrows nothing', () => {
  const narrowed = withField(noFilters, 'model', ['gpt-5.5'])
  expect(isNarrowed(narrowed)).toBe(true)
  expect(withField(narrowed, 'model', someOf<string>([]))).toEqual(noFilters)
  expect(isNarrowed(noFilters)).toBe(false)
  expect(isNarrowed({ helpers: false })).toBe(true)
})

test('bounds, attributes and the star stand in a link in words that a person can write', () => {
  const filters = {
    errors: { atLeast: 1 },
    duration: { atLeast: 600_001, atMost: 1_200_000 },
    cost: { atMost: 0.5 },
    attribute: [{ key: 'branch', value: 'a=b' }],
    starred: true as const,
    state: ['failed'],
    helpers: true,
  }
  expect(writeFilters(filters)).toEqual({
    errors: '1..',
    duration: '600001..1200000',
    cost: '..0.5',
    attribute: ['branch=a=b'],
    starred: 'yes',
    state: ['failed'],
  })
  expect(readFilters(writeFilters(filters))).toEqual(filters)
  for (const text of ['', '..', 'x', '-1..', '1', '1..2..3', '..Infinity', '=v'])
    expect(readFilters({ errors: text, attribute: text })).toEqual(noFilters)
})
