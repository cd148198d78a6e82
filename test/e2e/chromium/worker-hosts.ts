import { test as base } from '@playwright/test'
import { startRealHost, type RealHost } from './start-real-host.ts'

/** A real host of this name that serves all that a worker runs; `prepare` is done once, when it is asked for first. */
export type WorkerHost = (name: string, prepare: (host: RealHost) => Promise<void>) => Promise<RealHost>

/**
 * What all tests of the page begin from. Playwright starts another worker, with a browser of its own, for tests whose worker's fixtures are
 * others: so this is the one there is, and the hosts that tests share are kept in it.
 */
export const test = base.extend<object, { readonly workerHost: WorkerHost }>({
  workerHost: [
    async ({}, use) => {
      const started: (() => Promise<void>)[] = []
      const hosts = new Map<string, Promise<RealHost>>()
      await use((name, prepare) => {
        const known = hosts.get(name) ?? start(prepare)
        hosts.set(name, known)
        return known
      })
      for (const stop of started) await stop()

      async function start(prepare: (host: RealHost) => Promise<void>): Promise<RealHost> {
        const { host, stop } = await startRealHost()
        started.push(stop)
        await prepare(host)
        return host
      }
    },
    { scope: 'worker' },
  ],
})
