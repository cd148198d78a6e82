import type { Page } from '@playwright/test'
import { openPlace } from './open-place.ts'
import { withRealHost, type RealHost } from './start-real-host.ts'
import { test as base } from './worker-hosts.ts'

export const test = base.extend<{ readonly host: RealHost; readonly open: (path: string) => Promise<Page> }>({
  // Playwright wants the fixtures that a fixture uses named by destructuring; this one uses none.
  host: async ({}, use) => withRealHost(use),
  open: async ({ page, host }, use) => {
    await use((path) => openPlace(page, `${host.url}/`, host.token, path))
  },
})

/** Hours around all that was received, far enough in the past to be still; `link` is the same for an address. */
export interface Range {
  readonly fromMs: number
  readonly toMs: number
  readonly link: string
}

/** Feeds the captures, waits until their sessions are settled, and says when they were. */
export async function feedAll(host: RealHost, captures: readonly string[]): Promise<Range> {
  for (const capture of captures) await host.feed(capture)
  await host.settled()
  return rangeOf(host)
}

async function rangeOf(host: RealHost): Promise<Range> {
  const { sessions } = await host.call('session.list', {})
  const hourMs = 3_600_000
  const firstMs = Math.min(...sessions.map(({ startedAtMs }) => startedAtMs))
  const fromMs = Math.floor(firstMs / hourMs) * hourMs
  const toMs = fromMs + 2 * hourMs
  return { fromMs, toMs, link: `range=custom&from=${fromMs}&to=${toMs}` }
}

/** For tests that only read: one host that has received these captures serves all that a worker runs. */
export const testOf = (captures: readonly string[]) =>
  test.extend<{ readonly received: Range }>({
    host: async ({ workerHost }, use) => {
      const feed = async (host: RealHost): Promise<void> => void (await feedAll(host, captures))
      await use(await workerHost(captures.join(), feed))
    },
    received: async ({ host }, use) => use(await rangeOf(host)),
  })
