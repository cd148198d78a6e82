import { expect, test } from 'vitest'
import { emptyForm, formOf, overrideOf } from '../../../../../src/renderer/views/settings/prices/form.ts'

test('a price goes into the form and comes out as it was', () => {
  const price = { model: 'gpt-x', input: 1.25, cached: 0, cacheWrite: null, output: 10 }
  expect(overrideOf(formOf(price))).toEqual(price)
})

test.each([
  [
    { model: '  gpt-x ', input: '$2', output: '0,5' },
    { model: 'gpt-x', input: 2, cached: null, cacheWrite: null, output: 0.5 },
  ],
  [{ model: 'x', input: '1', output: '' }, null],
  [{ model: '', input: '1', output: '1' }, null],
  [{ model: 'x', input: '-1', output: '1' }, null],
  [{ model: 'x', input: '1e9', output: '1' }, null],
  [{ model: 'x', input: '1', output: '1', cached: 'free' }, null],
  [{ model: 'x', input: '2000000', output: '1' }, null],
])('%o is %o', (typed, price) => {
  expect(overrideOf({ ...emptyForm, ...typed })).toEqual(price)
})
