import { expect, type Locator, type Page } from '@playwright/test'
import { expectNoViolations } from './axe-check.ts'

/**
 * By keyboard alone, in an app that has just started and whose Codex home holds the session files of one run: the yes, the list that fills,
 * the conversation, its patch as a diff, the row of it in the waterfall, and back.
 */
export async function readOwnFiles(page: Page): Promise<void> {
  const { keyboard } = page
  await expect(page.getByText(/Codex has kept 1 session file/)).toBeVisible()
  await page.getByRole('button', { name: 'Show them' }).focus()
  await keyboard.press('Enter')

  const list = page.getByRole('treegrid', { name: 'Sessions' })
  const session = list.getByRole('row', { name: /The cart total ignores quantities/ })
  await expect(session).toBeVisible()
  await list.focus()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(page.getByText('from its file')).toBeVisible()
  // No telemetry has told when its model calls began.
  await expect(
    page
      .getByRole('treegrid')
      .getByText(/at most \d+ ms/)
      .first(),
  ).toBeAttached()

  await page.getByRole('tab', { name: 'Waterfall' }).focus()
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowRight')
  await keyboard.press('Enter')
  const feed = page.getByRole('feed')
  const diff = feed.getByRole('group', { name: /Changes of .*cart\.mjs/ })
  await expect(diff).toContainText('item.price * item.quantity')
  await expectNoViolations(page)

  const patch = feed.getByRole('article').filter({ has: page.getByRole('group', { name: /Changes of/ }) })
  await feed.getByRole('article').first().focus()
  while (!(await isActive(patch))) await step(page)
  await expect(patch).toBeFocused()
  await keyboard.press('w')
  await expect(page.getByRole('treegrid').locator('[aria-selected=true]')).toContainText('apply_patch')
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Show in the conversation' }).focus()
  await keyboard.press('Enter')
  await expect(feed.locator('article.active')).toContainText('item.price * item.quantity')
}

function isActive(of: Locator): Promise<boolean> {
  return of.evaluate((element) => element.classList.contains('active'))
}

/** To the next entry; a test that never comes to its end is ended by its time. */
async function step(page: Page): Promise<void> {
  const active = page.getByRole('feed').locator('article.active')
  const at = await active.evaluateAll(indexes)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => active.evaluateAll(indexes)).not.toEqual(at)
}

function indexes(articles: Element[]): (string | null)[] {
  return articles.map((article) => article.getAttribute('data-index'))
}
