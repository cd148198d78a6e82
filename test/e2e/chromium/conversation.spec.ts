import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { noHistory } from '../../../src/contract/history.ts'
import { expectNoViolations } from '../axe-check.ts'
import { test } from './conversation-test.ts'
import { sessionId } from './fake-session.ts'
import { expect } from './page-test.ts'
import { test as withoutFile } from './waterfall-test.ts'

const path = `/sessions/${sessionId}?tab=conversation`
const feedOf = (page: Page) => page.getByRole('feed', { name: 'What was said and done' })
const focused = (page: Page) => page.locator('article:focus')

test('shows a prompt with its image, a reply as Markdown, a plan and a patch by file', async ({ open }) => {
  const page = await open(path)
  const feed = feedOf(page)
  await expect(feed.getByText('Fix it and run the tests.')).toBeVisible()
  await expect(feed.getByRole('img', { name: /Image 1, PNG/ })).toBeVisible()
  await expect(feed.getByText('Multiply by quantity')).toBeVisible()
  await page.getByRole('textbox', { name: 'Find in the conversation' }).fill('sum += price')
  const diff = feed.getByRole('group', { name: 'Changes of /home/ada/shop/src/cart.mjs' })
  await expect(diff).toContainText('sum += price * quantity')
  await expect(diff.locator('.added')).toHaveCount(2)
  await expect(diff.locator('.removed')).toHaveCount(1)
  await expect(diff.locator('.added').first()).toContainText('3')
  await expect(feed.getByRole('button', { name: /test\/cart\.test\.mjs/ })).toContainText('+5')
  await page.getByRole('textbox', { name: 'Find in the conversation' }).fill('What was wrong')
  await expect(feed.getByRole('cell', { name: 'two of one' })).toBeVisible()
  await expect(feed.locator('.markdown pre').first()).toContainText('for (const item of items)')
})

test('what stands in a reply asks no server, runs nothing, and leads nowhere before somebody agrees', async ({
  open,
  host,
}) => {
  const page = await open(path)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.getByRole('textbox', { name: 'Find in the conversation' }).fill('What was wrong')
  const feed = feedOf(page)
  await expect(feed.getByText('image: a chart')).toBeVisible()
  await expect(feed.getByText('<script>', { exact: false })).toBeVisible()
  expect(await feed.locator('script, iframe, object, [onerror]').count()).toBe(0)
  await expect(feed.getByRole('button', { name: 'press here' })).toHaveCount(0)
  await feed.getByText('press here').click()
  await feed.getByRole('button', { name: 'the discussion' }).click()
  const dialog = page.getByRole('dialog', { name: 'A link in this conversation' })
  await expect(dialog).toContainText('https://example.com/discussion?id=7')
  await expect(dialog.getByRole('link', { name: 'Open' })).toHaveAttribute('rel', 'noopener noreferrer')
  expect(await page.title()).not.toContain('owned')
  expect(asked.filter((url) => !url.startsWith(host.url))).toEqual([])
})

test('a call unfolds to what it printed, in the colours of a terminal and without its other commands', async ({
  open,
}) => {
  const page = await open(path)
  await page.getByRole('textbox', { name: 'Find in the conversation' }).fill('AssertionError')
  const feed = feedOf(page)
  const call = feed.getByRole('button', { name: /npm test -- --run/ })
  await expect(call).toContainText('exit 1')
  await call.click()
  const output = feed.getByRole('group', { name: 'Output' }).first()
  await expect(output).toContainText('100%')
  await expect(output).not.toContainText('10%\r')
  await expect(output).not.toContainText('a window')
  await expect(output).not.toContainText('u001b')
  await expect(output.locator('.ansi-red').first()).toContainText('❯')
})

test('a long output comes whole when it is asked for', async ({ open }) => {
  const page = await open(path)
  await page.getByRole('textbox', { name: 'Find in the conversation' }).fill('sort | head -5000')
  const feed = feedOf(page)
  await feed.getByRole('button', { name: /head -5000/ }).click()
  const output = feed.getByRole('group', { name: 'Output' }).first()
  const before = (await output.textContent())?.length ?? 0
  await feed.getByRole('button', { name: /Show all 40\.\dk characters/ }).click()
  await expect.poll(async () => (await output.textContent())?.length).toBe(27 * 1500)
  expect(before).toBeLessThan(17_000)
})

test('an entry leads to its row of the waterfall, and the row back to the entry', async ({ open }) => {
  const page = await open(path)
  await page.getByRole('textbox', { name: 'Find in the conversation' }).fill('AssertionError')
  const feed = feedOf(page)
  await feed.getByRole('article').filter({ hasText: 'npm test -- --run' }).hover()
  await feed
    .getByRole('article')
    .filter({ hasText: 'npm test -- --run' })
    .getByRole('button', { name: 'Show this tool call in the waterfall' })
    .click()
  await expect(page.getByRole('treegrid').locator('[aria-selected=true]')).toContainText('npm test')
  await page.getByRole('treegrid').getByText('apply_patch').first().click()
  // The details of the row before have a button of the same name.
  await page.getByRole('heading', { level: 2, name: 'apply_patch' }).waitFor()
  // The words that are still looked for may be found after the entry: they do not lead away from it.
  const waiting: (() => Promise<void>)[] = []
  await page.route('**/conversation.find', (route) => void waiting.push(() => route.continue()))
  await page.getByRole('button', { name: 'Show in the conversation' }).click()
  await expect(feed.locator('article.active')).toContainText('2 files')
  await expect.poll(() => waiting.length).toBeGreaterThan(0)
  for (const go of waiting) await go()
  await expect(page.getByRole('status').filter({ hasText: /^\d+$/ })).toBeVisible()
  await expect(feed.locator('article.active')).toContainText('2 files')
})

test('keys move between entries, fold them, and lead to the waterfall', async ({ open }) => {
  const page = await open(path)
  await feedOf(page).getByText('Fix it and run the tests.').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(focused(page)).toHaveAttribute('aria-posinset', '2')
  await page.keyboard.press('k')
  await expect(focused(page)).toHaveAttribute('aria-posinset', '1')
  await page.keyboard.press('End')
  await expect(focused(page)).toContainText('Committed as')
  await page.keyboard.press('ArrowUp')
  await expect(focused(page)).toContainText('git commit')
  await page.keyboard.press('Enter')
  await expect(focused(page)).toContainText('2 files changed')
  await page.keyboard.press('Enter')
  await expect(focused(page)).not.toContainText('2 files changed')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('step 77 done')
  await expect(page.getByRole('status').filter({ hasText: '1 of 1' })).toBeVisible()
  await expect(feedOf(page).locator('article.active')).toContainText('node step-77.mjs')
})

test('only what is in view is asked for and drawn, and what Codex adds shows by itself', async ({
  open,
  host,
  sessionFile,
}) => {
  const page = await open(path)
  const feed = feedOf(page)
  await feed.getByText('Fix it and run the tests.').waitFor()
  expect(await feed.getByRole('article').count()).toBeLessThan(60)
  const offsets = host.calls
    .filter(({ name }) => name === 'session.conversation')
    .map(({ params }) => (params as { offset: number }).offset)
  expect(new Set(offsets)).toEqual(new Set([0]))
  await page.getByRole('button', { name: 'To the end' }).click()
  await expect(feed.getByText('Committed as')).toBeVisible()
  const last = sessionFile.text.trimEnd().split('\n').at(-1) ?? ''
  appendFileSync(sessionFile.path, last.replace('Committed as', 'Pushed as') + '\n')
  host.push('sessions')
  await expect(feed.getByText('Pushed as')).toBeVisible()
})

test('a file that is gone, and none at all, are said in words', async ({ open, sessionFile, host }) => {
  writeFileSync(sessionFile.path, '')
  const page = await open(path)
  await expect(page.getByText('Nothing has been said yet.')).toBeVisible()
  writeFileSync(sessionFile.path, sessionFile.text)
  host.push('sessions')
  await expect(feedOf(page).getByText('Fix it and run the tests.')).toBeVisible()
  rmSync(sessionFile.path)
  host.push('sessions')
  await expect(page.getByText("Codex's file is gone")).toContainText(sessionFile.path)
})

withoutFile(
  'a session of which no file was read says how to have it, or that there is none',
  async ({ open, world, host }) => {
    const page = await open(path)
    await expect(page.getByText('switch History on')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Settings', exact: true }).last()).toBeVisible()
    world.settings = { ...world.settings, history: { ...noHistory, enabled: true } }
    host.push('settings')
    await expect(page.getByText('No session file of Codex was found for this session')).toBeVisible()
    const at = world.sessions.findIndex(({ id }) => id === sessionId)
    const copy = { copiedIn: 'a-fork', witness: 'file' as const }
    world.sessions.splice(at, 1, ...world.sessions.slice(at, at + 1).map((session) => ({ ...session, ...copy })))
    host.push('sessions')
    await expect(page.getByRole('link', { name: 'its fork' })).toHaveAttribute('href', /a-fork/)
    await expect(page.getByText("from a fork's copy")).toBeVisible()
    await expect(page.getByText('tool calls', { exact: true })).toHaveCount(0)
  },
)

withoutFile("another application's session says that its words are elsewhere", async ({ open, world }) => {
  const at = world.sessions.findIndex(({ id }) => id === sessionId)
  const session = world.sessions[at]
  if (session) world.sessions.splice(at, 1, { ...session, kind: 'app' })
  const page = await open(path)
  await expect(page.getByText("this session is another application's")).toBeVisible()
  await expect(page.getByText('switch History on')).toHaveCount(0)
})

test('axe finds nothing in either theme, folded and unfolded', async ({ open }) => {
  const page = await open(path)
  await feedOf(page).getByText('Fix it and run the tests.').waitFor()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Unfold all' }).click()
  for (const words of ['AssertionError', 'What was wrong', 'Too Many Requests', 'vitest run flags']) {
    await page.getByRole('textbox', { name: 'Find in the conversation' }).fill(words)
    await expect(page.getByRole('status').filter({ hasText: /of/ })).toBeVisible()
    await expectNoViolations(page)
  }
})
