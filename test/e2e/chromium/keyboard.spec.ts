import { readFile } from 'node:fs/promises'
import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './configure-host.ts'

/** More stops than any view has before what is looked for. */
const longest = 80

const isFocused = (wanted: Locator): Promise<boolean> =>
  wanted.evaluate((element) => element === document.activeElement)

/** Tab, until what is wanted has the focus, which has to be seen there. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let stops = 0; stops < longest; stops += 1) {
    if (await isFocused(wanted)) {
      expect(await wanted.evaluate((element) => element.matches(':focus-visible'))).toBe(true)
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`${wanted.toString()} is not reached within ${longest} stops`)
}

async function press(page: Page, wanted: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press(key)
}

test('by keyboard alone: from the empty state over Configure to a session, its time, a row and its export', async ({
  codexHome,
  host,
  open,
}) => {
  codexHome.write('# mine\n')
  const page = await open('/')

  await press(page, page.getByRole('button', { name: 'Configure Codex' }))
  const review = page.getByRole('dialog', { name: 'Configure Codex' })
  await press(page, review.getByRole('button', { name: 'Write config.toml' }))
  await expect(page.getByText('4 keys written.')).toBeVisible()
  expect(codexHome.read()).toContain('metrics_exporter')

  await host.feed('02_classic')
  await expect(page.getByRole('heading', { name: 'SCN:classic run several tools' })).toBeVisible()

  const shares = page.getByRole('toolbar', { name: /^Shares of the time/ }).getByRole('button')
  const share = shares.filter({ hasText: 'tools running' })
  await tabTo(page, shares.first())
  for (let at = 0; at < 8 && !(await isFocused(share)); at += 1) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(share).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Space')
  await expect(share).toHaveAttribute('aria-pressed', 'false')

  const rows = page.getByRole('treegrid')
  await tabTo(page, rows)
  await page.keyboard.press('e')
  await page.keyboard.press('Enter')
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details.getByText('failed').first()).toBeVisible()
  await press(page, details.getByRole('tab', { name: 'Overview' }), 'ArrowRight')
  await expect(details.getByRole('tab', { name: /^Logs/ })).toBeFocused()

  await page.keyboard.press('x')
  const dialog = page.getByRole('dialog', { name: /^Export/ })
  await tabTo(page, dialog.getByRole('radio', { name: /Colophon JSON/ }))
  await page.keyboard.press('ArrowUp')
  await expect(dialog.getByRole('radio', { name: /Markdown summary/ })).toBeChecked()
  await press(page, dialog.getByRole('checkbox', { name: /Output/ }), 'Space')
  await expect(dialog.getByText(/will change/)).toBeVisible()
  const saved = page.waitForEvent('download')
  await press(page, dialog.getByRole('button', { name: 'Export' }))
  expect(await readFile(await (await saved).path(), 'utf8')).toContain('# SCN:classic run several tools')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(details.getByRole('tab', { name: /^Logs/ }), 'a dialog gives the focus back').toBeFocused()
})

test('by keyboard alone: every view of the rail is opened from the rail, and shows where the focus is', async ({
  host,
  open,
}) => {
  await host.feed('02_classic')
  const page = await open('/sessions')
  const rail = page.getByRole('navigation', { name: 'Views' })
  const views = [
    'Alerts',
    'Overview',
    'Sessions',
    'Explore',
    'Search',
    'Insights',
    'Batches',
    'Projects',
    'Limits',
    'GenAI apps',
    'Configure',
    'Health',
    'Settings',
  ]
  for (const name of views) {
    const link = rail.getByRole('link', { name: new RegExp(`^${name}`) })
    await press(page, link)
    await expect(link).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
  }
})

test('the first stop leads past the rail, and is seen there', async ({ open }) => {
  const page = await open('/health')
  await page.getByRole('table').first().waitFor()
  const skip = page.getByRole('button', { name: 'Skip to the content' })
  await page.keyboard.press('Tab')
  await expect(skip).toBeFocused()
  await expect(skip).toHaveCSS('clip-path', 'none')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
})
