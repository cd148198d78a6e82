import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Value } from '../../src/contract/index.ts'
import { makeCorpus } from './corpus.ts'
import { startHost, type Host } from './host.ts'
import { realTraceBodies } from './real-bodies.ts'
import type { Figure } from './report.ts'
import { percentile, send } from './senders.ts'
import { answerLine, type MadeHome } from './session-home.ts'

const spansMeanwhile = 100_000

/** What somebody sees of it: after the yes, while it is read, and of a line that Codex writes afterwards. */
export async function hostFigures(home: MadeHome, folder: string): Promise<Figure[]> {
  const host = await startHost(join(folder, 'host'))
  try {
    const begun = performance.now()
    await host.call('settings.write', { history: { enabled: true, paused: false, homes: [home.path] } })
    await until(async () => (await list(host)).total >= Math.min(50, home.files.length))
    const firstMs = performance.now() - begun
    const corpus = makeCorpus(realTraceBodies(), spansMeanwhile)
    const { seconds, acknowledgedMs } = await send(`${host.otlpHttp}/v1/traces`, corpus.bodies, 4)
    let resident = host.residentBytes()
    await until(async () => {
      resident = Math.max(resident, host.residentBytes())
      const { read, progress } = (await host.call('history.status', {})) as Value<'history.status'>
      return read.files >= home.files.length && progress === null
    })
    const live = await lineSeenMs(host, home)
    return [
      { name: 'first 50 sessions listed after the yes', value: firstMs, unit: 'ms', limit: 1000, better: 'lower' },
      { name: 'ingest meanwhile', value: corpus.spans / seconds, unit: 'spans/s', limit: null, better: 'higher' },
      {
        name: 'acknowledged p99 meanwhile',
        value: percentile(acknowledgedMs, 0.99),
        unit: 'ms',
        limit: null,
        better: 'lower',
      },
      {
        name: 'resident memory of the host meanwhile',
        value: resident / 1e6,
        unit: 'MB',
        limit: null,
        better: 'lower',
      },
      { name: 'a line that Codex writes is seen after', value: live, unit: 'ms', limit: 1000, better: 'lower' },
    ]
  } finally {
    await host.stop()
  }
}

async function list(host: Host): Promise<Value<'session.list'>> {
  return (await host.call('session.list', { limit: 50 })) as Value<'session.list'>
}

/** Once all is settled, the median of five lines. */
async function lineSeenMs(host: Host, home: MadeHome): Promise<number> {
  const [path = ''] = home.files
  const id = /-([0-9a-f]{8}-[0-9a-f-]{27})\.jsonl$/.exec(path)?.[1] ?? ''
  const calls = async (): Promise<number> => ((await host.call('session.get', { id })) as Value<'session.get'>).apiCalls
  let before = -1
  await until(async () => {
    const now = await calls()
    const isStill = now === before && now > 0
    before = now
    return isStill
  }, 500)
  const times: number[] = []
  for (let line = 0; line < 5; line++) {
    const known = await calls()
    const begun = performance.now()
    appendFileSync(path, answerLine(path, `resp_live_${String(line)}`))
    await until(async () => (await calls()) > known)
    times.push(performance.now() - begun)
  }
  return percentile(
    times.sort((a, b) => a - b),
    0.5,
  )
}

async function until(is: () => Promise<boolean>, everyMs = 20): Promise<void> {
  while (!(await is())) await new Promise((resolve) => setTimeout(resolve, everyMs))
}
