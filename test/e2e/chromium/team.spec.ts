import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { findEngine } from '../../clickhouse/engine.ts'
import { expectNoViolations } from '../axe-check.ts'
import { expect } from './page-test.ts'
import { test } from './real-host.ts'
import { startTeamStore } from './team-store.ts'

const runs = [
  { capture: '01_code_multi', user: 'ada@example.com', host: 'ada-laptop' },
  { capture: '03_errors_retries', user: 'grace@example.com', host: 'ci-runner-042.eu-central-1.compute.internal' },
  { capture: '09_subagents', user: 'grace@example.com', host: 'grace-desk' },
]
const range = 'range=custom&from=1795165200000&to=1795172400000'

/** Every view that shows a team's, and what is there once it does. */
const views: Readonly<Record<string, (page: Page) => Locator>> = {
  [`/overview?${range}`]: (page) =>
    page.getByRole('region', { name: 'Token usage over time', exact: true }).locator('canvas'),
  [`/insights?${range}`]: (page) => page.getByText(/lost in \d/),
  [`/batches?by=user&${range}`]: (page) => page.getByRole('button', { name: 'grace@example.com' }),
  [`/batches?by=host&${range}`]: (page) => page.getByRole('button', { name: 'grace-desk' }),
  [`/projects?${range}`]: (page) => page.getByRole('rowheader').first(),
  [`/explore?tab=errors&${range}`]: (page) => page.getByText('http 429'),
  [`/explore?tab=logs&${range}`]: (page) => page.getByText('codex.api_request').first(),
  [`/explore?tab=spans&${range}`]: (page) => page.getByText('codex_exec').first(),
  [`/explore?tab=spans&sums=name&${range}`]: (page) => page.getByRole('grid', { name: 'Sums by span name' }),
  [`/explore?tab=metrics&${range}`]: (page) => page.getByText('Highest bucket'),
  [`/explore?tab=secrets&${range}`]: (page) => page.getByText(/records searched/),
  [`/limits?${range}`]: (page) => page.getByText('No limit of a team is known'),
  [`/genai?${range}`]: (page) => page.getByText('No applications of a team are known'),
}

test('all that a team sent is shown, narrowed by person, host and project, compared, exported and kept', async ({
  open,
  host,
  page,
}) => {
  // Looked for, and fetched, by whoever runs this alone.
  const engine = findEngine()
  test.skip(engine === null, 'no ClickHouse can be had here')
  if (engine === null) return
  const server = await startTeamStore(engine, runs)
  try {
    await host.call('team.save', { url: server.url, user: 'reader', password: 'reader' })
    await open('/overview')
    await page.getByRole('radiogroup', { name: 'Whose sessions are shown' }).getByText('Team').click()
    await page.getByRole('link', { name: 'Sessions', exact: true }).click()
    const grid = page.getByRole('treegrid', { name: 'Sessions' })
    // Each of what nobody else started, and the heads of the columns.
    await expect(grid.getByRole('row')).toHaveCount(runs.length + 1)
    await expectNoViolations(page)

    await test.step('narrowed by the pointer and by the keyboard', async () => {
      const filters = page.getByRole('group', { name: 'Filters' })
      await filters.getByRole('button', { name: 'User' }).click()
      await page.getByRole('option', { name: /grace@example/ }).click()
      await expectNoViolations(page)
      await page.keyboard.press('Escape')
      await expect(grid.getByRole('row')).toHaveCount(3)
      await filters.getByRole('button', { name: 'Host' }).press('Enter')
      await page.getByPlaceholder('Search host').fill('desk')
      await page.getByRole('option', { name: /grace-desk/ }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await expect(grid.getByRole('row')).toHaveCount(2)
      await expect(page).toHaveURL(/user=grace.*host=grace-desk|host=grace-desk.*user=grace/)
      for (const name of ['User', 'Host']) await page.getByRole('button', { name: `Remove the filter ${name}` }).click()
      await filters.getByRole('button', { name: 'Project' }).click()
      await page.getByRole('option', { name: /cx\/work/ }).click()
      await page.keyboard.press('Escape')
      await expect(grid.getByRole('row')).toHaveCount(3)
      await page.getByRole('button', { name: 'Remove the filter Project' }).click()
      await expect(grid.getByRole('row')).toHaveCount(runs.length + 1)
    })

    await test.step('two compared', async () => {
      for (const place of [0, 1]) await grid.getByRole('checkbox').nth(place).click()
      await page.getByRole('button', { name: 'Compare', exact: true }).click()
      await page.getByRole('region', { name: 'Side B' }).getByRole('link').first().waitFor()
      await expectNoViolations(page)
    })

    for (const [path, shown] of Object.entries(views))
      await test.step(path, async () => {
        await page.evaluate((hash) => (location.hash = hash), path)
        await shown(page).waitFor()
        await expectNoViolations(page)
      })

    await test.step('one opened, exported and kept', async () => {
      const id = '01a1f845-c8de-7f60-b9c6-04f6e1f3e4b8'
      await page.evaluate((hash) => (location.hash = hash), `/sessions/${id}`)
      await expect(
        page.getByRole('treegrid', { name: 'Rows of the session' }).getByText('apply_patch', { exact: true }),
      ).toBeVisible()
      await expect(page.getByTitle('user ada@example.com')).toBeVisible()
      await expect(page.getByTitle('host ada-laptop')).toBeVisible()
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'Export' }).click()
      const saving = page.waitForEvent('download')
      await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click()
      const saved = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as { format: string }
      expect(saved.format).toBe('colophon.session')
      await page.keyboard.press('Escape')
      expect((await host.call('session.list', {})).total).toBe(0)
      await page.getByRole('button', { name: 'Keep on this machine' }).click()
      await page.getByRole('dialog', { name: 'Import' }).getByText('1,204 spans, 71 log records').waitFor()
      await expectNoViolations(page)
      expect(await host.call('session.get', { id })).toMatchObject({ user: 'ada@example.com', host: 'ada-laptop' })
    })
  } finally {
    await server.stop()
  }
})
