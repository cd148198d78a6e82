import { expect, test } from 'vitest'
import { panelRunParams } from '../../../src/contract/panels.ts'
import { ProcedureError } from '../../../src/contract/result.ts'
import { filterFields } from '../../../src/model/panels/filters.ts'
import { loadCapture } from '../../captures.ts'
import { withPanels, type PanelsUnderTest } from './panels-under-test.ts'

const classic = loadCapture('02_classic').bodies
const hourMs = 3_600_000

function refusal(ask: () => unknown): { code: string; message: string } {
  try {
    ask()
  } catch (error) {
    if (error instanceof ProcedureError) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('was answered')
}

test('a panel that does not exist is not found, also by the name of something that every object has', async () => {
  await withPanels([], (under) => {
    for (const panel of ['nothing', 'toString', '__proto__', "x'; DROP TABLE session; --"])
      expect(refusal(() => under.run(panel, { fromMs: 0, toMs: 1 }))).toMatchObject({ code: 'not_found' })
  })
})

test('a range that ends before it begins, or not after it, is refused', async () => {
  await withPanels([], (under) => {
    for (const range of [
      { fromMs: 2, toMs: 1 },
      { fromMs: 1, toMs: 1 },
    ])
      expect(refusal(() => under.run('tokens-total', range))).toMatchObject({ code: 'bad_request' })
  })
})

test('more buckets than a screen has columns are refused, but only where there are buckets', async () => {
  await withPanels([], (under) => {
    const range = { fromMs: 0, toMs: 5001 * hourMs }
    expect(refusal(() => under.run('tokens-over-time', range, {}, hourMs))).toEqual({
      code: 'bad_request',
      message: 'more than 5000 buckets: bucketMs must be wider for this range',
    })
    expect(under.run('tokens-total', range, {}, hourMs)).toHaveLength(1)
  })
})

const attacks = [
  "' OR 1=1 --",
  "capture') OR ('1'='1",
  '"]}',
  "x'; DELETE FROM session; --",
  '%',
  '*',
  '\0',
  '💥'.repeat(200),
]

test('SQL or JSON in a filter is a value that nothing has', async () => {
  await withPanels(classic, (under) => {
    under.shares()
    const everything = under.all(under.whole())
    const nothing = codexFigures(under, { model: ['no-such-model'], source: ['no-such-service'] })
    for (const field of filterFields)
      for (const attack of attacks)
        expect(codexFigures(under, { [field]: [attack] }), `${field}: ${attack}`).toEqual(nothing)
    expect(under.all(under.whole())).toEqual(everything)
  })
})

/** Figures of facts, which every filter narrows. */
function codexFigures(under: PanelsUnderTest, filters: object): unknown {
  return ['tokens-total', 'sessions-and-calls', 'tool-types', 'wait-share', 'sources'].map((panel) =>
    under.run(panel, under.whole(), filters),
  )
}

test('params that are none of those that a panel takes are refused before anything is asked', () => {
  const good = { panel: 'tokens-total', fromMs: 0, toMs: 1 }
  expect(panelRunParams.safeParse(good).success).toBe(true)
  for (const bad of [
    { filters: { color: ['red'] } },
    { filters: { model: [] } },
    { filters: { model: 'gpt-5.5' } },
    { filters: { model: [1] } },
    { filters: { model: Array.from({ length: 201 }, () => 'm') } },
    { filters: { helpers: 'no' } },
    { fromMs: -1 },
    { fromMs: Number.NaN },
    { toMs: Infinity },
    { toMs: 1e16 },
    { bucketMs: 0 },
    { bucketMs: 1500.5 },
    { zone: 'Mars/Olympus' },
    { zone: '' },
    { zone: "UTC' --" },
    { panel: 'x'.repeat(101) },
  ])
    expect(panelRunParams.safeParse({ ...good, ...bad }).success, JSON.stringify(bad)).toBe(false)
})
