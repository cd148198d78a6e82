import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadRolloutRun } from '../../rollouts.ts'
import { expectNoViolations } from '../axe-check.ts'
import { expect } from './page-test.ts'
import { test } from './real-host.ts'
import type { RealHost } from './start-real-host.ts'

let home = ''
test.beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'colophon-limits-'))
})
test.afterEach(() => rmSync(home, { recursive: true, force: true }))

/** A link to the hour in which the run was made. */
const link = `range=custom&from=${Date.UTC(2026, 10, 28, 12)}&to=${Date.UTC(2026, 10, 28, 13)}`

async function fed(host: RealHost): Promise<string> {
  const run = loadRolloutRun('14_rate_limits')
  run.unpackInto(home)
  await host.call('settings.write', { history: { enabled: true, paused: false, homes: [home] } })
  await expect.poll(async () => (await host.call('limit.list', { fromMs: 0, toMs: 8e12 })).samples).toBe(12)
  const id = run.threads[0]?.id ?? ''
  await expect.poll(async () => (await host.call('session.get', { id })).title).toBe('Repair the cart.')
  return id
}

test('without session files the view says what would tell of limits; read, windows show how full they are and what moved them', async ({
  host,
  open,
}) => {
  const page = await open('/limits')
  await expect(page.getByRole('heading', { name: 'No limit is known yet' })).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Read Codex’s session files' }).click()
  await expect.poll(async () => (await host.call('settings.read', {})).history?.enabled).toBe(true)
  await expect(page.getByText(/No session files of Codex were found/)).toBeVisible()

  await fed(host)
  await page.evaluate((hash) => (location.hash = hash), `/limits?${link}`)
  await test.step('what moved them unfolds to turns by keyboard', async () => {
    const week = page.getByRole('region', { name: 'Weekly window', exact: true })
    await expect(week.getByText('45 % used')).toBeVisible()
    await expect(page.getByRole('region', { name: 'GPT-5.3-Codex-Spark, 5-hour window' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Credits of codex', exact: true })).toContainText('12.50')
    await week.locator('canvas').waitFor()

    const table = page.getByRole('table', { name: 'What moved the windows' })
    const row = table.getByRole('row').filter({ hasText: 'Repair the cart.' })
    await expect(row).toContainText('5.5')
    await row.getByRole('button').focus()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('table', { name: 'Turns', exact: true }).getByRole('row')).toHaveCount(3)
    await expectNoViolations(page)
    await row.getByRole('link', { name: 'Repair the cart.' }).click()
    await expect(page.getByText('points of the 5-hour limit')).toBeVisible()
  })

  await test.step('a column of Sessions says what each of them moved', async () => {
    await page.evaluate(() => (location.hash = '/sessions'))
    const list = page.getByRole('treegrid', { name: 'Sessions' })
    await expect(list.getByRole('row').filter({ hasText: 'Repair the cart.' })).toBeVisible()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Limits moved' }).click()
    await page.keyboard.press('Escape')
    await expect(list.getByRole('row').filter({ hasText: 'Repair the cart.' })).toContainText('5.5 / 5')
  })
})
