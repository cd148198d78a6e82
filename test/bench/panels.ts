import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { history, makeHistory } from './big-history.ts'
import { commandFigures } from './commands.ts'
import { makeCorpus } from './corpus.ts'
import { startHost, type Host } from './host.ts'
import { realTraceBodies } from './real-bodies.ts'
import type { Figure } from './report.ts'
import { percentile, send } from './senders.ts'
import { viewFigures } from './views.ts'

const dayMs = 86_400_000
const rounds = 12
const sentPerSecond = 3000

interface Panels {
  readonly panels: readonly { readonly id: string; readonly dashboard: string; readonly spare?: true }[]
}

/** The dashboards over three months, asked for through the API as the page does, while spans arrive. */
export async function panelFigures(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-bench-history-'))
  try {
    const endMs = Date.now()
    makeHistory(dataDir, endMs)
    const emptyMs = await acceptedMs(join(dataDir, 'empty'))
    const bigMs = await acceptedMs(dataDir)
    const host = await startHost(dataDir)
    const sending = sendSlowly(host)
    const { panels } = (await host.call('panel.list', {})) as Panels
    const ofCodex = panels.filter(({ dashboard }) => dashboard === 'codex')
    const ofApps = panels.filter(({ dashboard }) => dashboard === 'genai')
    const shownAtFirst = ofCodex.filter(({ spare }) => spare === undefined)
    const idsOf = (of: Panels['panels']): string[] => of.map(({ id }) => id)
    const figures = [
      await eachPanel(host, 'panel', idsOf(ofCodex), endMs),
      await eachPanel(host, 'panel of other applications', idsOf(ofApps), endMs),
      ...(await overview(host, idsOf(shownAtFirst), endMs)),
      await insights(host, endMs),
    ]
    const views = await viewFigures(host.page)
    const acknowledged = await sending.stop()
    await host.stop()
    return [
      ...figures,
      ...views,
      ...commandFigures(dataDir),
      {
        name: 'serve answers after, 10 million spans',
        value: bigMs,
        unit: 'ms',
        limit: 1000,
        better: 'lower',
        beside: { name: 'the same without any', value: emptyMs, ratio: 1.1 },
      },
      {
        name: `acknowledged p99 at ${sentPerSecond} spans/s meanwhile`,
        value: percentile(acknowledged, 0.99),
        unit: 'ms',
        limit: 250,
        better: 'lower',
      },
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The best of five: what the files of the history left to be written is not meant. */
async function acceptedMs(dataDir: string): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const host = await startHost(dataDir)
    times.push(host.answersAfterMs)
    await host.stop()
  }
  return Math.min(...times)
}

async function eachPanel(host: Host, what: string, ids: readonly string[], endMs: number): Promise<Figure> {
  let worst = { id: '', ms: 0 }
  for (const id of ids) {
    const times: number[] = []
    for (let i = 0; i < rounds; i++) {
      const begun = performance.now()
      // Another edge each time, so that nothing could answer from memory.
      await host.call('panel.run', {
        panel: id,
        fromMs: endMs - history.days * dayMs + i * 1000,
        toMs: endMs + i * 1000,
      })
      times.push(performance.now() - begun)
    }
    const p95 = percentile(
      times.sort((a, b) => a - b),
      0.95,
    )
    if (process.argv.includes('--verbose')) console.log(`${id.padEnd(28)} ${p95.toFixed(1)} ms`)
    if (p95 > worst.ms) worst = { id, ms: p95 }
  }
  return {
    name: `slowest ${what} p95, 90 days (${worst.id})`,
    value: worst.ms,
    unit: 'ms',
    limit: 100,
    better: 'lower',
  }
}

async function insights(host: Host, endMs: number): Promise<Figure> {
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const begun = performance.now()
    await host.call('insight.list', { fromMs: endMs - history.days * dayMs + i * 1000, toMs: endMs + i * 1000 })
    times.push(performance.now() - begun)
  }
  const value = percentile(
    times.sort((a, b) => a - b),
    0.95,
  )
  return {
    name: `insights p95, 90 days of ${history.sessions} sessions`,
    value,
    unit: 'ms',
    limit: 300,
    better: 'lower',
  }
}

async function overview(host: Host, ids: readonly string[], endMs: number): Promise<Figure[]> {
  const whole = async (days: number): Promise<number> => {
    const times: number[] = []
    for (let i = 0; i < 5; i++) {
      const range = { fromMs: endMs - days * dayMs + i * 1000, toMs: endMs + i * 1000 }
      const begun = performance.now()
      await Promise.all(ids.map((panel) => host.call('panel.run', { panel, ...range })))
      times.push(performance.now() - begun)
    }
    return percentile(
      times.sort((a, b) => a - b),
      0.5,
    )
  }
  return [
    {
      name: `Overview, ${ids.length} panels, 90 days`,
      value: await whole(history.days),
      unit: 'ms',
      limit: 700,
      better: 'lower',
    },
    {
      name: `Overview, ${ids.length} panels, 24 hours`,
      value: await whole(1),
      unit: 'ms',
      limit: 250,
      better: 'lower',
    },
  ]
}

/** Bodies at an even pace until it is stopped; answers how long each took to be acknowledged, ascending. */
function sendSlowly(host: Host): { stop: () => Promise<readonly number[]> } {
  const corpus = makeCorpus(realTraceBodies(), 200_000)
  const perBody = corpus.spans / corpus.bodies.length
  const times: number[] = []
  let next = 0
  let pending: Promise<void> = Promise.resolve()
  const timer = setInterval(
    () => {
      const body = corpus.bodies[next++ % corpus.bodies.length]
      if (body === undefined) return
      pending = pending.then(async () => {
        const { acknowledgedMs } = await send(`${host.otlpHttp}/v1/traces`, [body], 1)
        times.push(...acknowledgedMs)
      })
    },
    (perBody / sentPerSecond) * 1000,
  )
  return {
    stop: async () => {
      clearInterval(timer)
      await pending
      return times.sort((a, b) => a - b)
    },
  }
}
