import type { Value } from '../../../src/contract/index.ts'
import { captureNamesOfOneDay } from '../../captures.ts'
import { appBodies } from '../../integration/panels/app-bodies.ts'
import { feedAll, test as real, type Range } from './real-host.ts'
import type { RealHost } from './start-real-host.ts'

/** Every capture and two applications. */
async function feedEverything(host: RealHost): Promise<void> {
  await feedAll(host, captureNamesOfOneDay)
  for (const body of appBodies()) await host.send(body)
  await host.settled()
}

type Panels = Value<'panel.list'>['panels']

/** Dashboards on which these panels stand and no other: to draw them all each time one is pressed takes minutes. */
export async function showOnly(host: RealHost, panels: Panels, shown: Panels): Promise<void> {
  const dashboards = Object.fromEntries(
    (['codex', 'genai'] as const).map((dashboard) => [
      dashboard,
      panels
        .filter((panel) => panel.dashboard === dashboard)
        .map((panel) => ({ id: panel.id, ...panel.size, hidden: !shown.includes(panel) })),
    ]),
  )
  await host.call('settings.write', { dashboards })
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
