import type { Page } from '@playwright/test'
import { desktopSection, settingsSections } from '../../../src/renderer/frame/palette/settings-sections.ts'
import { expectNoViolations } from '../axe-check.ts'
import { expect, oneApp, test } from './app.ts'
import { ask, askShell } from './page-calls.ts'

const started = oneApp()

async function goTo(page: Page, words: string, option: RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Go to' })).toBeFocused()
  await page.keyboard.type(words)
  await expect(page.getByRole('option', { selected: true })).toHaveText(option)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Go to' })).toHaveCount(0)
}

test('the arrows choose among what is found, and Escape leaves all as it was', async () => {
  const { page } = started()
  await expect(page).toHaveURL(/#\/sessions$/)
  await page.keyboard.press('Control+k')
  const chosen = page.getByRole('option', { selected: true })
  const first = await chosen.textContent()
  await page.keyboard.press('ArrowDown')
  await expect(chosen).not.toHaveText(first ?? '')
  await page.keyboard.press('ArrowUp')
  await expect(chosen).toHaveText(first ?? '')
  await page.keyboard.type('nothing is called this')
  await expect(page.getByRole('option')).toHaveText([/Search everything for “nothing is called this”/])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('combobox', { name: 'Go to' })).toHaveCount(0)
  await expect(page).toHaveURL(/#\/sessions$/)
})

test('every section of the settings that the palette names is there', async () => {
  const { page } = started()
  await page.evaluate(() => (location.hash = '#/settings'))
  for (const { title } of [...settingsSections, desktopSection])
    await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible()
})

test('axe finds nothing in the palette, the About window and the settings of the app', async () => {
  const { page } = started()
  await ask(page, 'sample.open', {})
  await page.evaluate(() => (location.hash = '#/settings'))
  await expect(page.getByRole('heading', { name: 'Desktop app' })).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').nth(12)).toBeAttached()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await goTo(page, 'about', /About Colophon/)
  await expect(page.getByText('better-sqlite3', { exact: true })).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
})

test('the menu acts on the page', async () => {
  const { app, page } = started()
  // The guide would open the first session by itself, whenever it comes.
  await page.evaluate(() => (location.hash = '#/settings'))
  await expect(page.getByRole('heading', { name: 'Desktop app' })).toBeVisible()
  await ask(page, 'sample.open', {})
  const choose = (menu: string, label: string) =>
    app.evaluate(
      ({ Menu }, [of, wanted]) => {
        const items = Menu.getApplicationMenu()?.items.find((item) => item.label.replace('&', '') === of)?.submenu
          ?.items
        items?.find((item) => item.label === wanted)?.click()
      },
      [menu, label] as const,
    )
  await choose('File', 'Import…')
  await expect(page.getByRole('dialog', { name: 'Import' })).toBeVisible()
  await page.keyboard.press('Escape')
  await choose('Go', 'Sessions')
  await expect(page).toHaveURL(/#\/sessions$/)
  await choose('Edit', 'Find')
  await expect(
    page
      .getByRole('searchbox')
      .or(page.getByPlaceholder(/Search/))
      .first(),
  ).toBeFocused()
  await page.keyboard.press('Escape')
  await choose('Go', 'Go to…')
  await expect(page.getByRole('combobox', { name: 'Go to' })).toBeFocused()
  await page.keyboard.press('Escape')
  await choose('Help', 'About Colophon')
  const about = page.getByRole('dialog', { name: 'About Colophon' })
  await expect(about.getByText('Electron', { exact: true })).toBeVisible()
  await about.getByText('better-sqlite3', { exact: true }).click()
  await expect(about.getByText(/Permission is hereby granted/).filter({ visible: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(about).toHaveCount(0)
})

test('the palette leads to views, sessions, panels, settings and actions by the keyboard alone', async () => {
  const { page } = started()
  const { sessionId } = await ask(page, 'sample.open', {})
  await goTo(page, 'hlth', /^Views\s*Health/)
  await expect(page).toHaveURL(/#\/health$/)

  await goTo(page, sessionId, /^Sessions/)
  await expect(page).toHaveURL(new RegExp(`#/sessions/${sessionId}`))
  await goTo(page, 'export this', /Export this session/)
  await expect(page.getByRole('dialog', { name: /Export/ })).toBeVisible()
  await page.keyboard.press('Escape')

  await goTo(page, 'estimated cost', /^Panels\s*Estimated cost/)
  await expect(page).toHaveURL(/#\/overview/)
  await expect(page.locator('[data-panel="cost-total"]')).toBeFocused()

  await goTo(page, 'rebuild facts', /^Settings\s*Retention and storage/)
  await expect(page.getByRole('heading', { name: 'Retention and storage' })).toBeFocused()

  await goTo(page, 'theme dark', /Theme: dark/)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')

  await goTo(page, 'pause', /Pause receiving/)
  await expect.poll(async () => (await askShell(page, 'state', {})).paused).toBe(true)
})
