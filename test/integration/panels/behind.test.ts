import { expect, test } from 'vitest'
import type { Value } from '../../../src/contract/index.ts'
import { panels } from '../../../src/model/panels/index.ts'
import type { Panel } from '../../../src/model/panels/panel.ts'
import { everyBody, withPanels, type PanelsUnderTest, type Range } from './panels-under-test.ts'

type Row = Readonly<Record<string, unknown>>

const hourMs = 3_600_000

/** Every column of a view that is a figure. */
function figuresOf({ view }: Panel): readonly string[] {
  const more = 'more' in view ? (view.more ?? []).map(({ column }) => column) : []
  switch (view.kind) {
    case 'time':
      return view.series.map(({ column }) => column)
    case 'table':
      return view.columns.filter(({ unit }) => unit !== 'text' && unit !== 'time').map(({ column }) => column)
    case 'histogram':
      return [view.value, ...(view.beside ? [view.beside.column] : []), ...more]
    default:
      return [view.value, ...more]
  }
}

/** Figures of a histogram's whole stand in each of its rows. */
const ofWhole = ({ view }: Panel, figure: string): boolean =>
  view.kind === 'histogram' && figure !== view.value && figure !== view.beside?.column

function percentile(values: readonly number[], of: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((of / 100) * sorted.length) - 1)] ?? NaN
}

function isMadeOf(figure: string, value: number, { rows }: Value<'panel.behind'>): void {
  const values = rows.map((row) => row.value ?? NaN)
  if (/^p50/.test(figure)) expect(value).toBe(percentile(values, 50))
  if (/^p95/.test(figure)) expect(value).toBe(percentile(values, 95))
  if (figure === 'average') expect(value).toBeCloseTo(values.reduce((sum, one) => sum + one, 0) / values.length, 3)
  if (figure === 'longestMs') expect(value).toBe(Math.max(...values))
}

/** Asks for what is behind a figure of a row, and holds the one against the other. */
function hold(under: PanelsUnderTest, panel: Panel, figure: string, row: Row, range: Range, filters: object): void {
  const value = row[figure]
  const by = ofWhole(panel, figure) ? [] : (panel.by ?? [])
  const found = under.behind({
    panel: panel.id,
    figure,
    ...range,
    filters,
    by: Object.fromEntries(by.map((column) => [column, [row[column] as string | number]])),
    limit: 1000,
  })
  const said = `${panel.id} ${figure} ${JSON.stringify(row)}`
  if (typeof value !== 'number') expect(found.is === 'made' ? 0 : found.sum, said).toBe(0)
  else if (found.is === 'count') expect(found.total, said).toBe(value)
  else if (found.is === 'sum') expect(found.sum, said).toBeCloseTo(value, 5)
  else {
    if (value > 0) expect(found.total, said).toBeGreaterThan(0)
    isMadeOf(figure, value, found)
  }
  expect(new Set(found.rows.map(({ sessionId }) => sessionId)).size, said).toBe(found.sessions)
}

test('every figure of every panel is known by what it is made of, or is a list or a metric itself', () => {
  for (const panel of panels)
    if (panel.list === undefined)
      for (const figure of figuresOf(panel)) expect(panel.behind?.[figure], `${panel.id} ${figure}`).toBeDefined()
})

test('every figure can be asked of a row, by each column that tells rows apart', () =>
  withPanels([], (under) => {
    const range = { fromMs: 0, toMs: 1 }
    for (const panel of panels)
      for (const figure of figuresOf(panel)) {
        const behind = panel.behind?.[figure]
        if (behind === undefined || behind.is === 'metric') continue
        const by = Object.fromEntries((panel.by ?? []).map((column) => [column, ['none']]))
        expect(under.behind({ panel: panel.id, figure, ...range, by }), `${panel.id} ${figure}`).toMatchObject({
          total: 0,
        })
      }
  }))

for (const [name, filters] of [
  ['all', {}],
  ['the sessions of one model without helpers', { model: ['gpt-5.5'], helpers: false }],
] as const)
  test(`what is behind each figure of each row is as many, or adds up to it: ${name}`, async () => {
    await withPanels(everyBody(), (under) => {
      under.shares()
      const whole = under.whole()
      let held = 0
      for (const panel of panels) {
        const buckets = panel.view.kind === 'time' || panel.view.kind === 'time-by'
        for (const row of under.run(panel.id, whole, filters, hourMs)) {
          const fromMs = Math.max(whole.fromMs, Number(row['atMs']))
          const range = buckets ? { fromMs, toMs: Math.min(fromMs + hourMs, whole.toMs) } : whole
          for (const figure of figuresOf(panel)) {
            const behind = panel.behind?.[figure]
            if (behind === undefined || behind.is === 'metric') continue
            hold(under, panel, figure, row, range, filters)
            held++
          }
        }
      }
      expect(held).toBeGreaterThan(200)
    })
  })

test('the sessions of a figure are told with what each adds, the largest first', async () => {
  await withPanels(everyBody(), (under) => {
    const [row] = under.run('tokens-total', under.whole())
    const found = under.behind({
      panel: 'tokens-total',
      figure: 'input',
      ...under.whole(),
      each: 'session',
      order: 'value',
    })
    const values = found.rows.map(({ value }) => value ?? 0)
    expect(values).toEqual([...values].sort((a, b) => b - a))
    expect(values.reduce((sum, one) => sum + one, 0)).toBe(row?.['input'])
    expect(found.rows).toHaveLength(found.sessions)
  })
})
