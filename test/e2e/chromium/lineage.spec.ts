import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadRolloutRun } from '../../rollouts.ts'
import { expectNoViolations } from '../axe-check.ts'
import { expect } from './page-test.ts'
import { test } from './real-host.ts'

let home = ''
test.beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'colophon-lineage-'))
})
test.afterEach(() => rmSync(home, { recursive: true, force: true }))

test('a fork leads to the session that it was forked from, and that one back', async ({ host, open }) => {
  const run = loadRolloutRun('11_fork')
  run.unpackInto(home)
  await host.call('settings.write', { history: { enabled: true, paused: false, homes: [home], words: false } })
  const fork = run.threads.find(({ forked_from: from }) => from !== null)
  const { id = '', forked_from: from = '' } = fork ?? {}
  for (const one of [id, from ?? ''])
    await expect.poll(async () => (await host.call('session.list', { search: one })).total).toBe(1)
  const page = await open(`/sessions/${id}`)
  const lineage = page.getByLabel('Sessions it belongs to')
  await expect(lineage).toContainText('forked from')
  await expectNoViolations(page, { include: ['.lineage'] })
  await lineage.getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/sessions/${from ?? ''}`))
  await expect(lineage).toContainText('forked into')
  await lineage.getByRole('link').first().click()
  await expect(page).not.toHaveURL(new RegExp(`/sessions/${from ?? ''}`))
})
