import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadRolloutRun } from '../../rollouts.ts'
import { expectNoViolations } from '../axe-check.ts'
import { expect } from './page-test.ts'
import { test } from './real-host.ts'

let home = ''
test.beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'colophon-projects-'))
})
test.afterEach(() => rmSync(home, { recursive: true, force: true }))

test('a project leads to its sessions, which name its branch and the commits that were made', async ({
  host,
  open,
}) => {
  const run = loadRolloutRun('17_git')
  run.unpackInto(home)
  await host.call('settings.write', { history: { enabled: true, paused: false, homes: [home] } })
  const range = { fromMs: Date.UTC(2026, 10, 28), toMs: Date.UTC(2026, 10, 30) }
  await expect.poll(async () => (await host.call('project.list', range)).projects.length).toBe(1)
  const page = await open(`/projects?range=custom&from=${range.fromMs}&to=${range.toMs}`)
  const table = page.getByRole('table', { name: 'Projects' })
  const link = table.getByRole('link', { name: 'github.com/example/shop' })
  await expect(link).toBeVisible()
  await expect(table.getByRole('cell', { name: 'fix/quantity' })).toBeVisible()
  await expectNoViolations(page)

  await link.focus()
  await page.keyboard.press('Enter')
  const chip = page.getByRole('button', { name: /^Repository github\.com\/example\/shop/ })
  await expect(chip).toBeVisible()
  const sessions = page.getByRole('treegrid', { name: 'Sessions' })
  await expect(sessions.getByRole('row')).toHaveCount(2)
  await expectNoViolations(page)
  await sessions.getByRole('row').nth(1).click()
  const place = page.getByRole('button', { name: /^fix\/quantity/ })
  await place.click()
  await expect(page.getByRole('dialog').getByText('Its folder is not on this machine.')).toBeVisible()
  await page.getByRole('link', { name: 'All sessions on fix/quantity' }).click()
  await expect(page.getByRole('button', { name: /^Branch fix\/quantity/ })).toBeVisible()
  await expect(sessions.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Remove the filter Repository' }).click()
  await expect(chip).toHaveCount(0)
})
