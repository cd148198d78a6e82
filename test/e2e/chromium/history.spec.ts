import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { loadRolloutRun } from '../../rollouts.ts'
import { expectNoViolations } from '../axe-check.ts'
import { test as base } from './real-host.ts'

const test = base.extend<{ readonly home: string }>({
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'colophon-history-home-'))
    loadRolloutRun('03_agents').unpackInto(home)
    loadRolloutRun('06_refused').unpackInto(home)
    await use(home)
    rmSync(home, { recursive: true, force: true })
  },
})

test('what Codex has kept is shown after a yes, says who tells of it, and is forgotten again', async ({
  host,
  home,
  open,
}) => {
  await host.call('settings.write', { history: { enabled: false, paused: false, homes: [home] } })
  const page = await open('/')
  await expect(page.getByText(/Codex has kept 4 session files/)).toBeVisible()
  await page.getByRole('button', { name: 'Show them' }).click()
  const list = page.getByRole('treegrid', { name: 'Sessions' })
  const refused = list.getByRole('row', { name: /Do something the API/ })
  await expect(refused).toBeVisible()
  // The head, this one, and one whose two helpers are folded below it.
  await expect(list.getByRole('row')).toHaveCount(3)
  await refused.dblclick()
  await expect(page.getByText('failed', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('from its file')).toBeVisible()
  await page.goto(`${new URL(page.url()).origin}/#/settings`)
  const panel = page.getByRole('region', { name: 'History' })
  await expect(panel.getByRole('status')).toContainText('4 files read')
  await expectNoViolations(page)
  await panel.getByRole('button', { name: 'Pause' }).click()
  await expect(panel.getByRole('status')).toContainText('paused')
  await panel.getByRole('button', { name: 'Forget what was read' }).click()
  await expect.poll(async () => (await host.call('session.list', {})).total).toBe(0)
  await expect(panel.getByRole('status')).toContainText('0 files read')
})
