import type { Page } from '@playwright/test'
import { answersOf, manySessions, presentMs, world } from './fake-answers.ts'
import type { World } from './fake-answers.ts'
import { startFakeHost } from './fake-host.ts'
import type { FakeHost } from './fake-host.ts'
import { openPlace } from './open-place.ts'
import { test as base } from './worker-hosts.ts'

export interface Parts {
  readonly world: World
  readonly host: FakeHost
  /** Opens the page of this test's host, with its token, at a place of the page. */
  readonly open: (path: string) => Promise<Page>
}

/** Tests of the page as it is built, over real HTTP, with the policy of the real host and canned answers. */
export const test = base.extend<Parts>({
  world: async ({}, use) => use(world(manySessions())),
  host: async ({ world }, use) => {
    const host = await startFakeHost(answersOf(world))
    await use(host)
    host.close()
  },
  open: async ({ page, host }, use) => {
    await page.clock.install({ time: presentMs })
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    page.on('console', (message) => message.type() === 'error' && broken.push(message.text()))
    await use((path) => openPlace(page, host.url, host.token, path))
    base.expect(broken, 'errors in the console of the page').toEqual([])
  },
})

export const expect = test.expect
