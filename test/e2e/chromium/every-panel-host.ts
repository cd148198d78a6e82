import { captureNamesOfOneDay } from '../../captures.ts'
import { appBodies } from '../../integration/panels/app-bodies.ts'
import { feedAll, test as real, type Range } from './real-host.ts'
import type { RealHost } from './start-real-host.ts'

/** Every capture and two applications, and dashboards on which every panel stands. */
async function feedEverything(host: RealHost): Promise<void> {
  await feedAll(host, captureNamesOfOneDay)
  for (const body of appBodies()) await host.send(body)
  await host.settled()
  const { panels } = await host.call('panel.list', {})
  for (const dashboard of ['codex', 'genai'] as const) {
    const own = panels.filter((panel) => panel.dashboard === dashboard)
    const places = own.map(({ id, size }) => ({ id, ...size, hidden: false }))
    await host.call('settings.write', { dashboards: { [dashboard]: places } })
  }
}

/** A range that ends within an hour of all sessions, so that no burn rate is 0. */
async function aroundAll(host: RealHost): Promise<Range> {
  const { sessions } = await host.call('session.list', { limit: 200 })
  const starts = sessions.map(({ startedAtMs }) => startedAtMs)
  const [fromMs, toMs] = [Math.min(...starts) - 600_000, Math.max(...starts) + 600_000]
  return { fromMs, toMs, link: `range=custom&from=${fromMs}&to=${toMs}` }
}

export const test = real.extend<{ readonly received: Range }>({
  host: async ({ workerHost }, use) => use(await workerHost('every panel', feedEverything)),
  received: async ({ host }, use) => use(await aroundAll(host)),
})
