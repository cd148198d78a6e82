import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { loadRolloutRun } from '../../rollouts.ts'
import { expectNoViolations } from '../axe-check.ts'
import { test as base } from './real-host.ts'

const test = base.extend<{ readonly home: string }>({
  home: async ({ host }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'colophon-search-home-'))
    for (const run of ['01_fix', '03_agents']) loadRolloutRun(run).unpackInto(home)
    await host.call('settings.write', { history: { enabled: true, paused: false, homes: [home] } })
    await expect.poll(async () => (await host.call('history.status', {})).read.files).toBeGreaterThan(3)
    await use(home)
    rmSync(home, { recursive: true, force: true })
  },
})

const field = 'Search prompts, replies, commands and paths of all sessions'

test('everything that was said is searched through after a yes, by keyboard, and leads to its place', async ({
  host,
  home,
  open,
}) => {
  expect(home).not.toBe('')
  const page = await open('/sessions')
  await page.getByRole('treegrid', { name: 'Sessions' }).getByRole('row').nth(1).waitFor()
  await page.keyboard.press('Control+Shift+F')
  const offer = page.getByRole('region', { name: 'Search through everything that was said' })
  await expectNoViolations(page)
  await offer.getByRole('button', { name: 'Index the words' }).click()
  await expect.poll(async () => (await host.call('history.status', {})).index?.filesDone).toBe(4)

  await page.getByRole('textbox', { name: field }).click()
  await page.keyboard.type('quantities')
  const hits = page.getByRole('list', { name: 'What was found, newest first' })
  await expect(hits.getByRole('link')).toHaveCount(2)
  await expect(hits.locator('mark').first()).toHaveText(/quantities/i)
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Prompts', exact: true }).click()
  await expect(hits.getByRole('link')).toHaveCount(1)
  await expect(hits.getByRole('link', { name: /^Prompt: The cart total ignores quantities/ })).toBeVisible()
  await page.getByRole('textbox', { name: field }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(hits.getByRole('link').first()).toBeFocused()
  await page.keyboard.press('Enter')
  const feed = page.getByRole('feed')
  await expect(feed.locator('article.active')).toContainText('The cart total ignores quantities.')
  await expect(page.getByRole('textbox', { name: 'Find in the conversation' })).toHaveValue('quantities')
  await page.goBack()
  await expect(hits.getByRole('link')).toHaveCount(1)

  await test.step('a hit in the middle of a long conversation is gone to, and not the first match of it', async () => {
    await page.evaluate(() => (location.hash = '/search?q=quantities'))
    // The reasoning, behind the prompt that holds the same word.
    await page.getByRole('link', { name: /^Reasoning: / }).click()
    await expect(feed.locator('article.active')).toHaveAccessibleName(/^Reasoning, /)
    await expect(page.getByText('2 of 2')).toBeVisible()
  })

  await test.step('what is chosen in the palette stays so while sessions with the same words are looked for', async () => {
    let waiting = 0
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('option').filter({ hasText: 'Sessions' }).nth(1)).toBeAttached()
    await page.route('**/session.list', () => void waiting++)
    await page.keyboard.type('rebuild facts')
    await expect.poll(() => waiting).toBeGreaterThan(0)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Retention and storage' })).toBeFocused()
    await page.unroute('**/session.list')
  })

  await test.step('the command palette leads here with its words, and the settings say how large the index is', async () => {
    await page.evaluate(() => (location.hash = '/settings'))
    const panel = page.getByRole('region', { name: 'History' })
    await expect(panel.getByText(/4 files: .* of text/)).toBeVisible()
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Go to' })).toBeFocused()
    await page.keyboard.type('quantities')
    await page.getByRole('option', { name: /Search everything for “quantities”/ }).click()
    await expect(hits.getByRole('link')).toHaveCount(2)
    await page.evaluate(() => (location.hash = '/settings'))
    await panel.getByRole('checkbox', { name: /Index their words/ }).click()
    await expect(panel.getByText(/Covers prompts, replies/)).toBeVisible()
    expect((await host.call('history.search', { words: 'quantities' })).state).toBe('off')
  })
})
