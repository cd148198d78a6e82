import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { loadRolloutRun } from '../../rollouts.ts'
import { readOwnFiles } from '../history-journey.ts'
import { test as base } from './real-host.ts'

/** A Codex home with the session files of recorded runs. */
const test = base.extend<{ readonly home: string }>({
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'colophon-codex-home-'))
    for (const run of ['01_fix', '03_agents']) loadRolloutRun(run).unpackInto(home)
    await use(home)
    rmSync(home, { recursive: true, force: true })
  },
})

const userThread = (run: string): string => loadRolloutRun(run).threads.find(({ kind }) => kind === 'user')?.id ?? ''

test('what files alone tell of is read as a conversation, with ways to its rows and back', async ({
  host,
  open,
  home,
}) => {
  await host.call('history.scan', { homes: [home] })
  const page = await open(`/sessions/${userThread('01_fix')}?tab=conversation`)
  const feed = page.getByRole('feed')
  await expect(feed.getByText('The cart total ignores quantities.')).toBeVisible()
  await expect(feed.getByText('The total now multiplies each price')).toBeVisible()
  await expect(feed.getByRole('group', { name: /Changes of .*cart\.mjs/ })).toContainText('item.price * item.quantity')
  const patch = feed.getByRole('article').filter({ hasText: 'cart.mjs' }).filter({ hasText: '+1' })
  await patch.hover()
  await patch.getByRole('button', { name: 'Show this patch in the waterfall' }).click()
  await expect(page.getByRole('treegrid').locator('[aria-selected=true]')).toContainText('apply_patch')
  await page.getByRole('button', { name: 'Show in the conversation' }).click()
  await expect(feed.locator('article.active')).toContainText('item.price * item.quantity')

  await test.step('a sub-agent leads to its own conversation', async () => {
    await page.evaluate((hash) => (location.hash = hash), `/sessions/${userThread('03_agents')}?tab=conversation`)
    await page.getByRole('link', { name: 'Its conversation' }).first().click()
    await expect(feed.getByText('Check the API.')).toBeVisible()
    await expect(feed.getByText('Checked.')).toBeVisible()
  })
})

test('after a yes, what Codex has kept is read from the list to the diff and back, by keyboard', async ({
  host,
  open,
}) => {
  const home = mkdtempSync(join(tmpdir(), 'colophon-codex-home-'))
  loadRolloutRun('01_fix').unpackInto(home)
  await host.call('settings.write', { history: { enabled: false, paused: false, homes: [home] } })
  await readOwnFiles(await open('/'))
  rmSync(home, { recursive: true, force: true })
})

test('what Codex writes shows while one looks, without telemetry', async ({ host, open, home }) => {
  const file = findRollouts(home).files.find(({ name }) => name.threadId === userThread('01_fix'))
  const path = file?.path ?? ''
  const bytes = readFileSync(path)
  const half = bytes.lastIndexOf('\n', bytes.indexOf('"type":"AgentMessage"')) + 1
  writeFileSync(path, bytes.subarray(0, half))
  await host.call('settings.write', { history: { enabled: true, paused: false, homes: [home] } })
  await expect.poll(async () => (await host.call('session.list', {})).total).toBeGreaterThan(0)
  const page = await open(`/sessions/${userThread('01_fix')}?tab=conversation`)
  const feed = page.getByRole('feed')
  await expect(feed.getByText('The cart total ignores quantities.')).toBeVisible()
  await expect(feed.getByText('The total now multiplies each price')).toHaveCount(0)
  appendFileSync(path, bytes.subarray(half))
  await expect(feed.getByText('The total now multiplies each price')).toBeVisible()
})
