import type { Page } from '@playwright/test'

/**
 * Opens a view whose code is loaded on demand, from one that is there at once: the start page leads on by itself as soon as it
 * knows where to, and while a view is still being loaded it would win.
 */
export async function openView(open: (path: string) => Promise<Page>, path: string): Promise<Page> {
  const page = await open('/sessions')
  await page
    .getByRole('heading', { name: 'Sessions' })
    .or(page.getByRole('button', { name: /sample/i }))
    .first()
    .waitFor({ state: 'attached' })
  await page.evaluate((hash) => (location.hash = hash), path)
  return page
}
