import type { Locator, Page } from '@playwright/test'
import type { Value } from '../../../src/contract/index.ts'
import type { AnyView, ViewOf } from '../../../src/renderer/charts/rows.ts'
import { sessionColumns } from '../../../src/model/panels/session-columns.ts'
import { inUnit } from '../../../src/renderer/charts/unit.ts'
import { exact } from '../../../src/renderer/format/number.ts'
import { showOnly, test } from './every-panel-host.ts'
import { expect } from './page-test.ts'

type Panel = Value<'panel.list'>['panels'][number]
type Row = Readonly<Record<string, unknown>>

/** Something of a chart that leads somewhere: how it is pressed, and which figure of which row it stands for; null: the one that opens. */
interface Mark {
  readonly column: string | null
  readonly row: Row
  readonly press: () => Promise<void>
}

test.use({ viewport: { width: 1440, height: 900 } })

const figureOf = (row: Row, column: string): number | null => {
  const value = row[column]
  return typeof value === 'number' ? value : null
}

const largest = (rows: readonly Row[], column: string): Row =>
  [...rows].sort((a, b) => (figureOf(b, column) ?? -1) - (figureOf(a, column) ?? -1))[0] ?? {}

/** Every kind of mark of a panel. */
function marksOf(card: Locator, panel: Panel, rows: readonly Row[], edges: readonly number[]): Mark[] {
  const view = panel.view as unknown as AnyView
  const first = rows[0] ?? {}
  const buttons = (more: readonly { readonly column: string }[], of: Locator, row: Row): Mark[] =>
    more.map(({ column }, index) => ({ column, row, press: () => of.nth(index).click() }))
  switch (view.kind) {
    case 'stat':
    case 'bars': {
      const known = (view.more ?? []).filter(({ column, whereKnown }) => !whereKnown || first[column] !== null)
      const buttonsOf =
        view.kind === 'stat' ? card.locator('.chart button') : card.locator('li').first().getByRole('button')
      return buttons([{ column: view.value }, ...known], buttonsOf, first)
    }
    case 'pie':
      return [
        { column: view.value, row: first, press: () => card.locator('li .name').first().click() },
        { column: view.value, row: first, press: () => pressRing(card.locator('canvas')) },
      ]
    case 'table': {
      const cells = card.getByRole('row').nth(1).getByRole('cell')
      const linkOf = (column: string): Locator =>
        cells.nth(view.columns.findIndex((one) => one.column === column)).getByRole('link')
      const figures = view.columns.map(({ column }) => column).filter((column) => panel.behind[column] !== undefined)
      const named = view.columns[0]?.column ?? ''
      return [
        ...figures.map((column) => ({ column, row: first, press: () => linkOf(column).click() })),
        // What a row is called leads to its first figure.
        ...(figures.includes(named) ? [] : [{ column: null, row: first, press: () => linkOf(named).click() }]),
      ]
    }
    case 'histogram':
      return [...binMarks(card, view, rows), ...buttons(view.more ?? [], card.locator('.whole button'), first)]
    case 'heat': {
      const row = largest(rows, view.value)
      const said = `${String(row[view.x])}, ${String(row[view.y])}:`
      return [
        { column: view.value, row, press: () => pressCell(card, said) },
        { column: view.value, row, press: () => pressWhere(card, (text) => text.startsWith(said)) },
      ]
    }
    case 'time': {
      const marks = view.series.map(({ column }, index) => {
        const row = largest(rows, column)
        const at = { bucket: edges.indexOf(Number(row['atMs'])), series: index + 1 }
        return { column, row, press: () => pressBucket(card, at), at }
      })
      // The pointer takes what stands where it is.
      return [
        ...marks,
        ...marks.slice(0, 1).map(({ row, at }) => ({
          ...{ column: null, row },
          press: () => pressBucket(card, { ...at, byPointer: true }),
        })),
      ]
    }
    case 'time-by': {
      // The group with the most is drawn first.
      const sums = new Map<unknown, number>()
      for (const row of rows)
        sums.set(row[view.group], (sums.get(row[view.group]) ?? 0) + (figureOf(row, view.value) ?? 0))
      const [group] = [...sums].sort(([, a], [, b]) => b - a)[0] ?? []
      const row = largest(
        rows.filter((one) => one[view.group] === group),
        view.value,
      )
      const at = { bucket: edges.indexOf(Number(row['atMs'])), series: 1 }
      return [
        { column: view.value, row, press: () => pressBucket(card, at) },
        { column: view.value, row, press: () => pressBucket(card, { ...at, byPointer: true }) },
      ]
    }
  }
}

/** Of each column that names sessions, the first row that does. */
function sessionLinks(card: Locator, { view }: Panel, rows: readonly Row[]) {
  const of = view as unknown as AnyView
  if (of.kind !== 'table') return []
  return of.columns.flatMap(({ column }, at) => {
    const row = sessionColumns.includes(column) ? rows.findIndex((one) => typeof one[column] === 'string') : -1
    const link = card
      .getByRole('row')
      .nth(row + 1)
      .getByRole('cell')
      .nth(at)
      .getByRole('link')
    return row < 0 ? [] : [{ session: String(rows[row]?.[column]), press: () => link.click() }]
  })
}

function binMarks(card: Locator, view: ViewOf<'histogram'>, rows: readonly Row[]): Mark[] {
  const fullest = largest(rows, view.value)
  const byPointer: Mark = {
    ...{ column: view.value, row: fullest },
    press: () => pressWhere(card, (_, now) => now === String(rows.indexOf(fullest))),
  }
  const byKey = [view.value, ...(view.beside ? [view.beside.column] : [])].map((column, index) => {
    const row = largest(rows, column)
    return {
      ...{ column, row },
      press: async () => {
        const plot = card.getByRole('slider')
        await keys(plot, 'Home', ...repeated('ArrowRight', rows.indexOf(row)), ...repeated('ArrowUp', index), 'Enter')
      },
    }
  })
  return [...byKey, byPointer]
}

/** The leftmost place of a plot of which it says what is wanted. */
async function pressWhere(card: Locator, isWanted: (text: string, now: string) => boolean): Promise<void> {
  const plot = card.getByRole('slider')
  await plot.locator('canvas').first().waitFor()
  await plot.scrollIntoViewIfNeeded()
  const box = await plot.boundingBox()
  if (box === null) throw new Error('Nothing is drawn.')
  for (const down of [0.5, 0.2, 0.8])
    for (let x = 4; x < box.width; x += 4) {
      await plot.page().mouse.move(box.x + x, box.y + box.height * down)
      const [text, now] = await Promise.all(['aria-valuetext', 'aria-valuenow'].map((name) => plot.getAttribute(name)))
      if (isWanted(text ?? '', now ?? '')) return plot.page().mouse.click(box.x + x, box.y + box.height * down)
    }
  throw new Error('There is no such place.')
}

const repeated = (key: string, times: number): string[] => Array.from({ length: times }, () => key)

/** What has the focus keeps it: to look for it anew at each of hundreds of keys takes longer than the keys. */
async function keys(on: Locator, ...pressed: readonly string[]): Promise<void> {
  await on.focus()
  for (const key of pressed) await on.page().keyboard.press(key)
}

/** Right of the top: the first slice. */
async function pressRing(ring: Locator): Promise<void> {
  await ring.scrollIntoViewIfNeeded()
  const box = await ring.boundingBox()
  if (box === null) throw new Error('The ring is not drawn.')
  const radius = Math.min(box.width, box.height) / 2
  await ring.page().mouse.click(box.x + box.width / 2 + 3, box.y + box.height / 2 - radius * 0.75)
}

async function pressCell(card: Locator, wanted: string): Promise<void> {
  const plot = card.getByRole('slider')
  await keys(plot, ...repeated('ArrowLeft', 30), ...repeated('ArrowDown', 10))
  for (let line = 0; line < 10; line += 1) {
    for (let column = 0; column < 30; column += 1) {
      if ((await plot.getAttribute('aria-valuetext'))?.startsWith(wanted)) return plot.press('Enter')
      await plot.press('ArrowRight')
    }
    await keys(plot, ...repeated('ArrowLeft', 30), 'ArrowUp')
  }
  throw new Error(`There is no cell ${wanted}`)
}

/** A bucket and a series of it, the first at 1; by pointer at the foot of the first. */
async function pressBucket(
  card: Locator,
  { bucket, series, byPointer = false }: { bucket: number; series: number; byPointer?: boolean },
): Promise<void> {
  const plot = card.getByRole('slider')
  await plot.locator('canvas').waitFor()
  await keys(plot, 'Home', ...repeated('PageDown', Math.floor(bucket / 10)), ...repeated('ArrowRight', bucket % 10))
  if (!byPointer) return keys(plot, ...repeated('ArrowUp', series), 'Enter')
  const [box, line] = [await plot.boundingBox(), await plot.locator('.cross').boundingBox()]
  if (box === null || line === null) throw new Error('No bucket is pointed at.')
  await plot.page().mouse.click(line.x + line.width / 2, box.y + box.height - 22)
}

/** What opens holds as many as the figure says, or adds up to it. */
async function expectOpened(page: Page, panel: Panel, { column: named, row }: Mark): Promise<void> {
  const column = named ?? (await figureThatOpened(page, panel))
  const behind = panel.behind[column]
  const said = `${panel.id} ${column}`
  if (behind?.is === 'metric') {
    await expect(page, said).toHaveURL(new RegExp(`tab=metrics.*metric=${behind.name.replaceAll('.', '\\.')}`))
    await expect(page.getByRole('heading', { name: behind.name }), said).toBeVisible()
    return
  }
  await expect(page, said).toHaveURL(new RegExp(`tab=figures&panel=${panel.id}&figure=${column}(&|$)`))
  const told = page.locator('.count[role=status]')
  await expect(told, said).toBeVisible()
  const text = (await told.textContent()) ?? ''
  const many = /^(?:the (?:newest|largest) \d+ of )?([\d,]+) /.exec(text.trim())?.[1]
  const added = /, (.+)$/.exec(text.trim())?.[1]
  const figure = figureOf(row, column)
  if (behind?.is === 'count') expect(many, said).toBe(exact(figure ?? 0))
  else if (behind?.is === 'sum' && (figure ?? 0) !== 0)
    // What adds one each is told by how many there are.
    expect(`${added ?? many ?? ''} `, said).toContain(`${inUnit(figure, unitOf(panel, column))} `)
  else if (figure === null) expect(many, said).toBe('0')
  else if (figure !== 0) expect(many, said).not.toBe('0')
}

async function figureThatOpened(page: Page, { id, behind }: Panel): Promise<string> {
  await expect(page, id).toHaveURL(/tab=(?:figures|metrics)/)
  const named = (word: string): string | undefined => new RegExp(`[?&]${word}=([^&]+)`).exec(page.url())?.[1]
  const isOf = (column: string): boolean => {
    const of = behind[column]
    return of?.is === 'metric' && of.name === named('metric')
  }
  return named('figure') ?? Object.keys(behind).find(isOf) ?? ''
}

/** Sums are told in the unit of what is added: a rate in that of its parts. */
function unitOf({ view, unit }: Panel, column: string): string {
  const of = view as unknown as AnyView
  const named = [...('more' in of ? (of.more ?? []) : []), ...(of.kind === 'table' ? of.columns : [])]
  const own = named.find((one) => one.column === column)?.unit ?? unit
  return own === 'usd/h' ? 'usd' : own
}

test('every mark of every panel opens as many things as its figure says, or what adds up to it', async ({
  host,
  received,
  open,
}) => {
  const { fromMs, toMs, link } = received
  const { panels } = await host.call('panel.list', {})
  const page = await open(`/overview?${link}`)
  let pressed = 0
  for (const panel of panels) {
    const place = `#/${panel.dashboard === 'codex' ? 'overview' : 'genai'}?${link}&panel=${panel.id}`
    await showOnly(host, panels, [panel])
    const card = page.locator(`[data-panel="${panel.id}"]`)
    const drawn = page.locator(`[data-panel="${panel.id}"][aria-busy=false]`)
    const { rows, edgesMs } = await host.call('panel.run', { panel: panel.id, fromMs, toMs })
    expect(rows.length, panel.id).toBeGreaterThan(0)
    const comeTo = async (): Promise<void> => {
      await page.evaluate((hash) => (location.hash = hash), place)
      // Drawn within some 50 ms; without an interval of ours it is looked at again after 100 ms and then 250.
      await expect.poll(() => drawn.count(), { message: panel.id, intervals: [20] }).toBe(1)
    }
    for (const { session, press } of sessionLinks(card, panel, rows)) {
      await comeTo()
      await press()
      await expect(page, `${panel.id} leads to a session`).toHaveURL(new RegExp(`/sessions/${session}`))
      pressed += 1
    }
    if (panel.list !== undefined) {
      await comeTo()
      await card.getByRole('row').nth(1).getByRole('link').first().click()
      await expect(page).toHaveURL(/\/sessions\/|tab=logs&event=/)
      pressed += 1
      continue
    }
    const marks = marksOf(card, panel, rows, edgesMs)
    expect(marks.length, `${panel.id} has marks`).toBeGreaterThan(0)
    for (const mark of marks) {
      await comeTo()
      await mark.press()
      await expectOpened(page, panel, mark)
      pressed += 1
    }
  }
  expect(pressed).toBeGreaterThan(panels.length * 2)
})
