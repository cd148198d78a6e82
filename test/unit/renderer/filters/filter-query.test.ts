import { expect, test } from 'vitest'
import { filters as schema } from '../../../../src/model/panels/filters.ts'
import {
  isNarrowed,
  noFilters,
  readFilters,
  withField,
  writeFilters,
} from '../../../../src/renderer/filters/filter-query.ts'

test('filters come back from a link as they were written, "not said" and helpers included', () => {
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
  expect(withField(narrowed, 'model', [])).toEqual(noFilters)
  expect(isNarrowed(noFilters)).toBe(false)
  expect(isNarrowed({ helpers: false })).toBe(true)
})
