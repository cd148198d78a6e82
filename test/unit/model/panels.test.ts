import { expect, test } from 'vitest'
import type { z } from 'zod'
import { bucketFor } from '../../../src/model/panels/buckets.ts'
import { panels } from '../../../src/model/panels/index.ts'
import { bucket, type Panel } from '../../../src/model/panels/panel.ts'

const columnsOf = ({ row }: Panel): string[] => Object.keys((row as unknown as z.ZodObject).shape)

/** Every value below `column`, and below the keys that name columns directly. */
function named(view: unknown): string[] {
  if (Array.isArray(view)) return view.flatMap(named)
  if (typeof view !== 'object' || view === null) return []
  return Object.entries(view).flatMap(([key, value]) =>
    ['column', 'value', 'group', 'x', 'y', 'from', 'to'].includes(key) && typeof value === 'string'
      ? [value]
      : named(value),
  )
}

test('each panel has an id of its own', () => {
  const ids = panels.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
})

test.each(panels.map((panel) => [panel.id, panel] as const))('%s draws only columns that its rows have', (_, panel) => {
  const columns = columnsOf(panel)
  expect(columns).toEqual(expect.arrayContaining(named(panel.view)))
  if (panel.view.kind === 'pie' || panel.view.kind === 'bars') expect(columns).toContain(panel.view.label)
  if (panel.view.kind === 'time' || panel.view.kind === 'time-by') {
    expect(columns).toContain('atMs')
    expect(panel.sql).toContain(bucket)
  }
})

test.each(panels.map((panel) => [panel.id, panel] as const))('%s is one SELECT, and says what it means', (_, panel) => {
  expect(panel.sql).toMatch(/^SELECT\b/)
  expect(panel.sql).not.toContain(';')
  expect(panel.sql).not.toMatch(/\b(INSERT|UPDATE|DELETE|DROP|ATTACH|PRAGMA|CREATE)\b/i)
  for (const words of [panel.title, panel.meaning, panel.excluded]) expect(words.trim()).not.toBe('')
  expect(panel.meaning).toMatch(/\.$/)
  if (panel.needs === 'metrics') expect(panel.excluded).toContain('Metrics name no session')
})

test('a small line below a figure is that of a panel over time on the same dashboard', () => {
  for (const { dashboard, view } of panels) {
    if (view.kind !== 'stat' || view.trend === undefined) continue
    const trend = panels.find(({ id }) => id === view.trend)
    expect(trend?.dashboard).toBe(dashboard)
    expect(trend?.view.kind).toMatch(/^time/)
  }
})

test('the panels that each section shows at first fill rows of twelve columns, and those of a row are equally high', () => {
  const bySection = new Map<string, Panel[]>()
  for (const panel of panels.filter(({ spare }) => spare !== true)) {
    const key = `${panel.dashboard} ${panel.section}`
    bySection.set(key, [...(bySection.get(key) ?? []), panel])
  }
  for (const [section, inSection] of bySection) {
    let filled = 0
    let height = 0
    for (const { id, size } of inSection) {
      if (filled === 0) height = size.height
      expect(size.height, `${section}: ${id}`).toBe(height)
      filled += size.width
      expect(filled, `${section}: ${id}`).toBeLessThanOrEqual(12)
      if (filled === 12) filled = 0
    }
    expect(filled, section).toBe(0)
  }
})

test('a range has at most a hundred buckets, of whole hours from 50 hours on', () => {
  for (const hours of [0.25, 1, 6, 24, 51, 168, 720, 2160, 50_000]) {
    const width = bucketFor(0, hours * 3_600_000)
    expect((hours * 3_600_000) / width).toBeLessThanOrEqual(100)
    if (hours > 50) expect(width % 3_600_000).toBe(0)
  }
})

test('every count that a plural names has its singular', () => {
  const named = panels.flatMap(({ id, unit, view }) => {
    if (view.kind !== 'stat' && view.kind !== 'bars' && view.kind !== 'pie') return []
    const main = view.kind === 'stat' ? [{ label: view.label ?? '', one: view.one, unit }] : []
    return [...main, ...(view.more ?? [])].map((figure) => ({ id, ...figure }))
  })
  const plurals = named.filter(({ label, unit }) => /[^s]s$/.test(label) && ['count', 'tokens'].includes(unit))
  expect(plurals.filter(({ one }) => one === undefined)).toEqual([])
  expect(plurals.length).toBeGreaterThan(5)
})
