import { test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { buildPage } from './build-page.ts'
import { answersOf, manySessions, presentMs, world } from './fake-answers.ts'
import type { World } from './fake-answers.ts'
import { startFakeHost, token } from './fake-host.ts'
import type { FakeHost } from './fake-host.ts'

export interface Parts {
  readonly world: World
  readonly host: FakeHost
  /** Opens the page of this test's host, with its token, at a place of the page. */
  readonly open: (path: string) => Promise<Page>
}

/** Tests of the page as it is built, over real HTTP, with the policy of the real host and canned answers. */
export const test = base.extend<Parts, { readonly pageDir: string }>({
  pageDir: [async ({}, use) => use(await buildPage()), { scope: 'worker', timeout: 120_000 }],
  world: async ({}, use) => use(world(manySessions())),
  host: async ({ pageDir, world }, use) => {
    const host = await startFakeHost(pageDir, answersOf(world))
    await use(host)
    await host.close()
  },
  open: async ({ page, host }, use) => {
    await page.clock.install({ time: presentMs })
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    page.on('console', (message) => message.type() === 'error' && broken.push(message.text()))
    await use(async (path) => {
      await page.goto(`${host.url}#token=${token}`)
      await page.getByRole('navigation').waitFor()
      await page.evaluate((hash) => (location.hash = hash), path)
      return page
    })
    base.expect(broken, 'errors in the console of the page').toEqual([])
  },
})

export const expect = test.expect
