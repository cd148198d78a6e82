import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { agentFigures } from './agents.ts'
import { bareInsertSpansPerSecond } from './bare.ts'
import { makeCorpus } from './corpus.ts'
import { desktopFigures } from './desktop.ts'
import { findingFigures } from './findings.ts'
import { bareDecodeSpansPerSecond, bareNodeStartMs, median } from './floors.ts'
import { startHost } from './host.ts'
import { pageFigures } from './page.ts'
import { panelFigures } from './panels.ts'
import { pruneFigures } from './prune.ts'
import { realTraceBodies } from './real-bodies.ts'
import { report, type Figure } from './report.ts'
import { percentile, send } from './senders.ts'
import { sessionFileFigures } from './session-files.ts'
import { teamFigures } from './team.ts'

/** Copies of one real run: 512 spans a request but for the last of each copy. */
const manySpans = 2_000_000
const comparedSpans = 500_000

const scratch = mkdtempSync(join(tmpdir(), 'colophon-bench-'))

/** `npm run bench -- NAME …` measures these alone. */
const parts: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  start: startTimes,
  desktop: desktopFigures,
  ingest: () => ingest(join(scratch, 'compared'), comparedSpans, { compare: true }),
  'ingest-many': () => ingest(join(scratch, 'many'), manySpans, { compare: false }),
  panels: panelFigures,
  findings: findingFigures,
  agents: agentFigures,
  prune: () => pruneFigures(),
  'session-files': sessionFileFigures,
  team: teamFigures,
  page: pageFigures,
}

try {
  const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'))
  const unknown = asked.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0) throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  const figures: Figure[] = []
  for (const [name, measure] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    try {
      figures.push(...(await measure()))
    } catch (error) {
      // What the other parts took half an hour to measure is reported all the same.
      console.error(`${name} could not be measured:`, error)
      process.exitCode = 1
    }
  }
  report(figures, { cpus: cpus().length, cpu: cpus()[0]?.model ?? '', memoryGiB: Math.round(totalmem() / 2 ** 30) })
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

async function startTimes(): Promise<Figure[]> {
  const takes: number[] = []
  const answers: number[] = []
  for (let i = 0; i < 5; i++) {
    const host = await startHost(join(scratch, `start-${i}`))
    takes.push(host.takesAfterMs)
    answers.push(host.answersAfterMs)
    await host.stop()
  }
  const bare = await bareNodeStartMs()
  return [
    {
      name: 'serve takes connections after',
      value: median(takes),
      unit: 'ms',
      limit: null,
      better: 'lower',
      beside: { name: 'a bare start of Node', value: bare, ratio: 3 },
    },
    {
      name: 'serve answers the first of them after',
      value: median(answers),
      unit: 'ms',
      limit: 1000,
      better: 'lower',
      beside: { name: 'a bare start of Node', value: bare, ratio: null },
    },
  ]
}

async function ingest(dataDir: string, wanted: number, { compare }: { compare: boolean }): Promise<Figure[]> {
  const corpus = makeCorpus(realTraceBodies(), wanted)
  const host = await startHost(dataDir)
  const { seconds, acknowledgedMs } = await send(`${host.otlpHttp}/v1/traces`, corpus.bodies, 4)
  const resident = host.residentBytes()
  const heldMs = await host.stop()
  const bytes = statSync(join(dataDir, 'colophon.db')).size
  const rate = corpus.spans / seconds
  const of = `${Math.round(corpus.spans / 1000)}k spans`
  // One alone is as uneven as the machine: three lay 40 % apart within a minute.
  const bares = compare ? [0, 1, 2].map(() => bareInsertSpansPerSecond(dataDir)) : []
  const bare = compare ? median(bares) : null
  return [
    {
      name: `ingest, ${of}`,
      value: rate,
      unit: 'spans/s',
      limit: 100_000,
      better: 'higher',
      ...(bare === null ? {} : { beside: { name: 'a bare insert of its rows', value: bare, ratio: 0.7 } }),
    },
    {
      name: `acknowledged p50, ${of}`,
      value: percentile(acknowledgedMs, 0.5),
      unit: 'ms',
      limit: null,
      better: 'lower',
    },
    {
      name: `acknowledged p99, ${of}`,
      value: percentile(acknowledgedMs, 0.99),
      unit: 'ms',
      limit: 100,
      better: 'lower',
    },
    { name: `disk, ${of}`, value: bytes / corpus.spans, unit: 'B/span', limit: 200, better: 'lower' },
    { name: `host event loop held at most, ${of}`, value: heldMs, unit: 'ms', limit: 50, better: 'lower' },
    { name: `resident memory after ${of}`, value: resident / 1e6, unit: 'MB', limit: 250, better: 'lower' },
    ...(compare ? [decoding(corpus.bodies)] : []),
  ]
}

function decoding(bodies: readonly Uint8Array[]): Figure {
  const value = bareDecodeSpansPerSecond(bodies)
  return { name: 'decoding alone', value, unit: 'spans/s', limit: null, better: 'higher' }
}
