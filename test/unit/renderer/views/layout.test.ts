import { describe, expect, test } from 'vitest'
import type { PanelEntry } from '../../../../src/renderer/charts/rows.ts'
import { figureQuery, rowValues } from '../../../../src/renderer/views/explore/figures/figure-query.ts'
import { cellLink, drillTo, valuesOf } from '../../../../src/renderer/views/overview/drill.ts'
import { arrange, changed, moved, neighbour, placesOf } from '../../../../src/renderer/views/overview/layout.ts'

function entry(id: string, over: Partial<PanelEntry> = {}): PanelEntry {
  return {
    ...{ id, dashboard: 'codex', section: 'now', title: id, meaning: '', excluded: '', unit: 'count', needs: 'logs' },
    ...{ by: [], behind: {}, size: { width: 4, height: 2 }, view: { kind: 'stat', value: 'n' }, sql: '', sources: '' },
    ...over,
  }
}
const entries = ['a', 'b', 'c'].map((id) => entry(id))
const ids = (placed: ReturnType<typeof arrange>) => placed.map((panel) => panel.entry.id).join('')

describe('the layout of a dashboard', () => {
  test('is as it came until somebody arranges it', () => {
    expect(arrange(entries, [])).toEqual(entries.map((one) => ({ entry: one, width: 4, height: 2, hidden: false })))
  })

  test('shows a spare panel only where somebody asked for it', () => {
    const spare = [...entries, entry('d', { spare: true })]
    const shown = (placed: ReturnType<typeof arrange>) => ids(placed.filter(({ hidden }) => !hidden))
    expect(shown(arrange(spare, []))).toBe('abc')
    expect(shown(arrange(spare, [{ id: 'a', width: 3, height: 1, hidden: false }]))).toBe('abc')
    const asked = changed(arrange(spare, []), 'd', { hidden: false })
    expect(shown(arrange(spare, placesOf(asked)))).toBe('abcd')
  })

  test('puts new panels last, and forgets places of panels that are gone', () => {
    const saved = [
      { id: 'gone', width: 3, height: 1, hidden: false },
      { id: 'c', width: 6, height: 1, hidden: true },
    ]
    const placed = arrange(entries, saved)
    expect(ids(placed)).toBe('cab')
    expect(placed[0]).toMatchObject({ width: 6, height: 1, hidden: true })
    expect(arrange(entries, placesOf(placed))).toEqual(placed)
  })

  test('moves a panel before or after another', () => {
    const placed = arrange(entries, [])
    expect(ids(moved(placed, 'c', 'a', 'before'))).toBe('cab')
    expect(ids(moved(placed, 'a', 'b', 'after'))).toBe('bac')
    expect(moved(placed, 'a', 'nobody', 'after')).toBe(placed)
  })

  test('keeps sizes within the grid', () => {
    const placed = arrange(entries, [])
    expect(changed(placed, 'a', { width: 40, height: 0 })[0]).toMatchObject({ width: 12, height: 1 })
    expect(changed(placed, 'a', { width: 1 })[0]).toMatchObject({ width: 2, height: 2 })
  })
})

test('a neighbour is found by where the panels stand', () => {
  const box = (id: string, left: number, top: number, width = 100, height = 100) => ({
    ...{ id, left, right: left + width, top, bottom: top + height },
  })
  const boxes = [box('a', 0, 0), box('b', 110, 0), box('c', 0, 110, 210), box('d', 0, 220), box('e', 110, 220)]
  expect(neighbour(boxes, 'b', 'left')).toBe('a')
  expect(neighbour(boxes, 'b', 'right')).toBe('c')
  expect(neighbour(boxes, 'b', 'down')).toBe('c')
  expect(neighbour(boxes, 'e', 'up')).toBe('c')
  expect(neighbour(boxes, 'c', 'up')).toBe('a')
  expect(neighbour(boxes, 'a', 'up')).toBeNull()
  expect(neighbour(boxes, 'a', 'left')).toBeNull()
})

describe('what is behind a place of a panel', () => {
  const range = { kind: 'custom', fromMs: 1000, toMs: 2000 } as const
  const filters = { user: ['ada'], helpers: true }
  const bucket = { range: 'custom', from: '1000', to: '2000', user: ['ada'] }

  test('is what its figure is made of: in the bucket, with the filters, of the row', () => {
    const errors = entry('api-errors', {
      by: ['model', 'status'],
      behind: { errors: { is: 'count' }, rate: { is: 'made' } },
    })
    const of = valuesOf(errors, { model: 'gpt-5.5', status: '503', errors: 3 })
    expect(drillTo(errors, { range, filters, figure: 'errors', of })).toEqual({
      path: '/explore',
      query: { ...bucket, tab: 'figures', panel: 'api-errors', figure: 'errors', of: ['model:gpt-5.5', 'status:503'] },
    })
    expect(drillTo(errors, { range, filters, figure: 'nobody' })).toMatchObject({ query: { figure: 'errors', of: [] } })
    expect(cellLink(errors, { range, filters, row: { rate: 1 } }, { column: 'rate', isFirst: false })).toMatchObject({
      query: { figure: 'rate' },
    })
  })

  test('is a metric where that is what is drawn, and a list where the panel is one', () => {
    const metric = entry('ttfm', { behind: { average: { is: 'metric', name: 'codex.turn.ttfm.duration_ms' } } })
    expect(drillTo(metric, { range, filters })).toMatchObject({
      query: { ...bucket, tab: 'metrics', metric: 'codex.turn.ttfm.duration_ms' },
    })
    expect(drillTo(entry('logs', { list: 'logs' }), { range, filters })).toMatchObject({ query: { tab: 'logs' } })
  })

  test('is read back from a link as it was written', () => {
    const of = { status: ['503', ''], fromMs: [10_000] }
    expect(rowValues(figureQuery({ panel: 'p', figure: 'f', of }).of)).toEqual(of)
    expect(rowValues(['nothing', ':x', 'model:a:b', null])).toEqual({ model: ['a:b'] })
  })

  test('is the span of an error, and the record of a log', () => {
    const table = { view: { kind: 'table', columns: [] } } as const
    const first = { column: 'atMs', isFirst: true }
    const link = (over: object, row: object): unknown =>
      cellLink(entry('x', { ...table, ...over }), { range, filters, row: { ...row } }, first)
    const failure = { sessionId: 's', traceId: 'aa', spanId: 'bb' }
    expect(link({ list: 'errors' }, failure)).toEqual({
      name: 'session',
      params: { id: 's' },
      query: { tab: 'spans', row: 'raw/aa/bb' },
    })
    expect(link({ list: 'errors' }, { ...failure, traceId: '' })).toMatchObject({ query: {} })
    expect(link({ list: 'logs' }, { atMs: 1500, event: 'gemini_cli.config', sessionId: 's' })).toEqual({
      path: '/explore',
      query: { range: 'custom', from: '1500', to: '2500', tab: 'logs', event: 'gemini_cli.config', at: '1500' },
    })
  })
})
