import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { agentFigures } from './agents.ts'
import { bareInsertSpansPerSecond } from './bare.ts'
import { makeCorpus } from './corpus.ts'
import { desktopFigures } from './desktop.ts'
import { findingFigures } from './findings.ts'
import { startHost } from './host.ts'
import { pageFigures } from './page.ts'
import { panelFigures } from './panels.ts'
import { pruneFigures } from './prune.ts'
import { realTraceBodies } from './real-bodies.ts'
import { report, type Figure } from './report.ts'
import { percentile, send } from './senders.ts'
import { sessionFileFigures } from './session-files.ts'

/** Copies of one real run: 512 spans a request but for the last of each copy. */
const manySpans = 2_000_000
const comparedSpans = 500_000

const scratch = mkdtempSync(join(tmpdir(), 'colophon-bench-'))
try {
  const figures: Figure[] = [
    ...(await startTimes()),
    ...(await desktopFigures()),
    ...(await ingest(join(scratch, 'compared'), comparedSpans, { compare: true })),
    ...(await ingest(join(scratch, 'many'), manySpans, { compare: false })),
    ...(await panelFigures()),
    ...findingFigures(),
    ...(await agentFigures()),
    ...(await pruneFigures()),
    ...(await sessionFileFigures()),
    ...(await pageFigures()),
  ]
  report(figures, { cpus: cpus().length, cpu: cpus()[0]?.model ?? '', memoryGiB: Math.round(totalmem() / 2 ** 30) })
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

async function startTimes(): Promise<Figure[]> {
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const host = await startHost(join(scratch, `start-${i}`))
    times.push(host.acceptedAfterMs)
    await host.stop()
  }
  times.sort((a, b) => a - b)
  return [{ name: 'serve accepts after', value: percentile(times, 0.5), unit: 'ms', limit: 1000, better: 'lower' }]
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
  const figures: Figure[] = [
    { name: `ingest, ${of}`, value: rate, unit: 'spans/s', limit: 100_000, better: 'higher' },
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
  ]
  if (!compare) return figures
  const bare = bareInsertSpansPerSecond(dataDir)
  return [
    ...figures,
    {
      name: `bare insert of the same rows`,
      value: bare.spansPerSecond,
      unit: 'spans/s',
      limit: null,
      better: 'higher',
    },
    { name: 'ingest / bare insert', value: rate / bare.spansPerSecond, unit: '', limit: 0.5, better: 'higher' },
  ]
}
