import type { CDPSession, Page } from '@playwright/test'
import { measuredBrowser } from '../measured-browser.ts'

/** The page as somebody leaves it open: the newest session live, the Overview now and then. */
export interface LivePage {
  /** Opens it, or opens it anew at another address. */
  open(address: string): Promise<void>
  /** The other of the two views. */
  turn(): Promise<void>
  /** After a collection of garbage, in bytes. */
  heapBytes(): Promise<number>
  close(): Promise<void>
}

export async function livePage(): Promise<LivePage> {
  const browser = await measuredBrowser()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const devtools = await page.context().newCDPSession(page)
  let isOnSession = false
  return {
    async open(address) {
      // The page takes the token out of its address, so the same one is another document only from elsewhere.
      await page.goto('about:blank')
      await page.goto(address)
      await page.locator('main').waitFor()
      isOnSession = false
    },
    async turn() {
      isOnSession = !isOnSession
      if (isOnSession) await openNewest(page)
      else await go(page, '/overview')
    },
    heapBytes: () => heapBytes(devtools),
    close: () => browser.close(),
  }
}

async function openNewest(page: Page): Promise<void> {
  await go(page, '/sessions')
  await page.locator('[role=treegrid] [role=row][aria-level]').first().click()
  await page.locator('[role=treegrid][aria-label="Rows of the session"] [role=row][aria-level]').first().waitFor()
}

async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#${path}`)
  await page.locator('main').waitFor()
}

async function heapBytes(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  return usedSize
}
