import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { procedures } from '../../src/contract/index.ts'
import { historyInFolder } from '../../src/engine/history/scan-folder.ts'
import { keepWords, type Words } from '../../src/engine/history/words/keep-words.ts'
import { openForReading } from '../../src/engine/store/database.ts'
import { ccusageSeconds } from './ccusage.ts'
import { bareParseBytesPerSecond, bareReadBytesPerSecond } from './floors.ts'
import type { Figure } from './report.ts'
import { percentile } from './senders.ts'
import { scanMemoryFigure } from './scan-memory.ts'
import { hostFigures } from './session-host.ts'
import { makeHome, type MadeHome } from './session-home.ts'
import { makeWordedHome } from './worded-home.ts'

/** 5 GB in 3,000 files are to be read in 30 s; this is a tenth of them. */
const count = 300
const bytesEach = 1_700_000
const leastPerSecond = 5e9 / 30
const longFileBytes = 900_000_000

export async function sessionFileFigures(): Promise<Figure[]> {
  return [
    ...(await inFolder(async (folder) => {
      const home = makeHome(folder, count, bytesEach)
      const dataDir = join(folder, 'data')
      return [
        ...(await reading(home, dataDir)),
        scanMemoryFigure(home, folder),
        ...(await searching(dataDir)),
        ...(await hostFigures(home, folder)),
      ]
    })),
    ...(await inFolder(indexing)),
    ...(await inFolder(longFile)),
  ]
}

async function inFolder(measure: (folder: string) => Promise<Figure[]>): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-session-files-'))
  try {
    return await measure(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function reading(home: MadeHome, dataDir: string): Promise<Figure[]> {
  const begun = performance.now()
  const used = process.cpuUsage()
  const { bytes, seconds } = await historyInFolder.scan(dataDir, { homes: [home.path] })
  const whole = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(used)
  const again = await historyInFolder.scan(dataDir, { homes: [home.path] })
  const of = `${String(count)} session files`
  const other = ccusageSeconds(home.path)
  const bare = bareReadBytesPerSecond(home.files) / 1e6
  const parse = bareParseBytesPerSecond(home.files) / 1e6
  return [
    {
      name: `reading ${of}`,
      value: bytes / seconds / 1e6,
      unit: 'MB/s',
      limit: leastPerSecond / 1e6,
      better: 'higher',
      beside: { name: 'JSON.parse of every line', value: parse, ratio: null },
    },
    { name: 'the same bytes, only read', value: bare, unit: 'MB/s', limit: null, better: 'higher' },
    { name: `reading and settling ${of}`, value: bytes / whole / 1e6, unit: 'MB/s', limit: null, better: 'higher' },
    {
      name: 'the same, for a second of the processor',
      value: bytes / (user + system),
      unit: 'MB/s',
      limit: null,
      better: 'higher',
    },
    { name: `${of} that are unchanged`, value: again.seconds * 1000, unit: 'ms', limit: 300, better: 'lower' },
    ...(other === null
      ? []
      : [
          {
            name: `ccusage over ${of}`,
            value: bytes / other / 1e6,
            unit: 'MB/s',
            limit: null,
            better: 'higher',
          } as const,
        ]),
  ]
}

/** Words that stand everywhere, in a part, nowhere; half typed, several, as written, of one kind. */
const questions = [
  { words: 'the' },
  { words: 'quantities' },
  { words: 'nowhere' },
  { words: 'quantit' },
  { words: 'cart total' },
  { words: '"ignores quantities"' },
  { words: 'item.quantity' },
  { words: 'cart', kinds: ['prompt'] as const },
  { words: 'multiplies each price', fromMs: 0 },
]

async function searching(dataDir: string): Promise<Figure[]> {
  return withWords(dataDir, async (words, seconds, fileBytes) => {
    const times: number[] = []
    for (let round = 0; round < 5; round++)
      for (const { kinds, ...question } of questions) {
        const asked = procedures['history.search'].params.parse({
          ...question,
          ...(kinds ? { kinds: [...kinds] } : {}),
        })
        const from = performance.now()
        await words.find(asked)
        times.push(performance.now() - from)
      }
    times.sort((a, b) => a - b)
    return [
      { name: 'indexing their words', value: fileBytes / seconds / 1e6, unit: 'MB/s', limit: null, better: 'higher' },
      { name: 'a search through them, p95', value: percentile(times, 0.95), unit: 'ms', limit: 150, better: 'lower' },
    ]
  })
}

/** The multiplied run's texts are a line each, and say nothing of how large an index is. */
async function indexing(folder: string): Promise<Figure[]> {
  const dataDir = join(folder, 'worded-data')
  await historyInFolder.scan(dataDir, { homes: [makeWordedHome(folder)] })
  return withWords(dataDir, (words) => {
    const { bytes, textBytes } = words.state()
    const share = (100 * bytes) / textBytes
    return Promise.resolve([
      { name: 'index of words, of their text', value: share, unit: '%', limit: 15, better: 'lower' } as const,
    ])
  })
}

async function withWords(
  dataDir: string,
  measure: (words: Words, seconds: number, fileBytes: number) => Promise<Figure[]>,
): Promise<Figure[]> {
  const db = openForReading(dataDir)
  const words = keepWords({ db, dataDir, grown: () => undefined })
  try {
    const begun = performance.now()
    await words.look(() => true)
    const seconds = (performance.now() - begun) / 1000
    return await measure(
      words,
      seconds,
      db.prepare<[], number>('SELECT sum(bytes) FROM rollout_file').pluck().get() ?? 0,
    )
  } finally {
    words.close()
    db.close()
  }
}

async function longFile(folder: string): Promise<Figure[]> {
  const home = makeHome(folder, 1, longFileBytes)
  const begun = performance.now()
  const { seconds } = await historyInFolder.scan(join(folder, 'data'), { homes: [home.path] })
  const whole = (performance.now() - begun) / 1000
  return [
    { name: 'one session file of 900 MB', value: seconds, unit: 's', limit: 6, better: 'lower' },
    { name: 'the same, settled too', value: whole, unit: 's', limit: null, better: 'lower' },
  ]
}
