import { expectNoViolations } from '../axe-check.ts'
import { ledger } from './fake-views.ts'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

const path = `/sessions/${sessionId}`

test('says where the time went, in the bar and beside it', async ({ open }) => {
  const page = await open(path)
  const where = page.getByRole('region', { name: 'Where the time went' })
  const bar = where.getByRole('img')
  await expect(bar).toHaveAccessibleName(/waiting for you 2 m 59 s/)
  await expect(bar).toContainText('27 %')
  const waiting = where.getByRole('button', { name: /waiting for you/ })
  await expect(waiting).toContainText('2 m 59 s')
  await expect(waiting).toHaveAttribute('title', /^179\.338 s|^179\.33/)
  await expect(where.getByRole('button', { name: /sandbox/ })).toHaveCount(0)
})

test('a share is a toggle: by click, by key, and kept in the address', async ({ open }) => {
  const page = await open(path)
  const waiting = page.getByRole('button', { name: /waiting for you/ })
  await waiting.click()
  await expect(waiting).toHaveAttribute('aria-pressed', 'true')
  await expect(page).toHaveURL(/share=wait_user/)
  await expect(page.getByText('in 2 rows')).toBeVisible()
  await page.reload()
  await expect(waiting).toHaveAttribute('aria-pressed', 'true')
  await waiting.focus()
  await page.keyboard.press('Enter')
  await expect(waiting).toHaveAttribute('aria-pressed', 'false')
  await expect(page).not.toHaveURL(/share=/)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: /hooks/ })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: /retries/ })).toBeFocused()
})

test('leads from row to row of a share', async ({ open }) => {
  const page = await open(`${path}?share=wait_user`)
  await page.getByRole('button', { name: 'Next row' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'apply_patch' })).toBeVisible()
  await page.getByRole('button', { name: 'Next row' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'exec_command' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all of the time again' }).click()
  await expect(page.getByText('in 2 rows')).toHaveCount(0)
})

test('says which shares nobody can know without traces', async ({ open, page }) => {
  let value = ledger(['model_stream', 'model_wait'])
  let live = false
  await page.route('**/api/session.ledger', (route) => route.fulfill({ json: { ok: true, value: { ...value, live } } }))
  await open(path)
  await expect(page.getByText('unknown – needs traces')).toBeVisible()
  await expect(page.getByText('model, before first item, model, streaming')).toBeVisible()
  await expect(page.getByRole('button', { name: /^unaccounted/ })).toBeVisible()
  // While it goes on, spans are on their way.
  live = true
  await page.reload()
  await expect(page.getByText('arriving')).toBeVisible()
  await expect(page.getByRole('button', { name: /^not told of yet/ })).toBeVisible()
  await expect(page.getByText('needs traces')).toHaveCount(0)
  // All that was received of it is of one moment.
  live = false
  value = { ...value, wallMs: 0, shares: value.shares.map((share) => ({ ...share, ms: 0 })) }
  await page.reload()
  const where = page.getByRole('region', { name: 'Where the time went' })
  await expect(where).toHaveText('Nothing timed this session: where its time went is not known.')
})

test('axe finds nothing in a chosen share', async ({ open }) => {
  const page = await open(`${path}?share=wait_user`)
  await page.getByText('in 2 rows').waitFor()
  await expectNoViolations(page)
})
