import type { Page } from '@playwright/test'

/**
 * Opens a place of the page by its address alone, as a reload does: the token is in the tab's storage. The link with the token leads to the
 * start instead, and on from there; what that shows stays until the code of another view is loaded, and has buttons of the same names.
 */
export async function openPlace(page: Page, url: string, token: string, path: string): Promise<Page> {
  if (path !== '/') await page.addInitScript((kept) => sessionStorage.setItem('colophon.token', kept), token)
  const isOpen = page.url() !== 'about:blank'
  await page.goto(path === '/' ? `${url}#token=${token}` : `${url}#${path}`)
  // From one place of the page to another nothing is loaded, and the view that was there stays for a while.
  if (isOpen) await page.reload()
  await page.getByRole('main').first().waitFor()
  return page
}
