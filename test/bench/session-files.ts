import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { historyInFolder } from '../../src/engine/history/scan-folder.ts'
import { findRollouts } from '../../src/engine/history/find-rollouts.ts'
import { loadRolloutRun } from '../rollouts.ts'
import type { Figure } from './report.ts'

/** 5 GB in 3,000 files are to be read in 30 s; this is a tenth of them. */
const count = 300
const bytesEach = 1_700_000
const leastPerSecond = 5e9 / 30

/** Session files made by multiplying a real one, read whole and then looked at again. */
export async function sessionFileFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-session-files-'))
  try {
    const [home, dataDir] = [join(folder, 'home'), join(folder, 'data')]
    multiply(folder, home)
    const begun = performance.now()
    const { bytes, seconds } = await historyInFolder.scan(dataDir, [home])
    const whole = (performance.now() - begun) / 1000
    const again = await historyInFolder.scan(dataDir, [home])
    const of = `${String(count)} session files`
    return [
      {
        name: `reading ${of}`,
        value: bytes / seconds / 1e6,
        unit: 'MB/s',
        limit: leastPerSecond / 1e6,
        better: 'higher',
      },
      { name: `reading and settling ${of}`, value: bytes / whole / 1e6, unit: 'MB/s', limit: null, better: 'higher' },
      { name: `${of} that are unchanged`, value: again.seconds * 1000, unit: 'ms', limit: 300, better: 'lower' },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The lines of one run over and over, each time with other turns, answers and calls, under another thread's id in each file. */
function multiply(folder: string, home: string): void {
  const original = join(folder, 'original')
  loadRolloutRun('01_fix').unpackInto(original)
  const [path = ''] = findRollouts(original).files.map((file) => file.path)
  const [id = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(basename(path)) ?? []
  const [head = '', ...lines] = readFileSync(path, 'utf8').split('\n')
  const body = lines.join('\n')
  for (let file = 0; file < count; file++) {
    const born = (0x01a100000000 + file * 60_000).toString(16).padStart(12, '0')
    const thread = `${born.slice(0, 8)}-${born.slice(8)}-7000-8000-${String(file).padStart(12, '0')}`
    const pieces = [`${head.replaceAll(id, thread)}\n`]
    for (let bytes = 0, copy = 0; bytes < bytesEach; copy++) {
      const piece = body
        .replaceAll(id, thread)
        .replaceAll(/"turn_id":"[0-9a-f]{8}/g, `"turn_id":"${(0xf0000000 + copy).toString(16)}`)
        .replaceAll(/"((?:resp|call)_[^"]{6,})"/g, (_, name: string) => `"${name}k${String(copy)}"`)
      pieces.push(piece)
      bytes += piece.length
    }
    const day = join(home, 'sessions', '2026', '01', String(1 + (file % 28)).padStart(2, '0'))
    mkdirSync(day, { recursive: true })
    writeFileSync(join(day, `rollout-2026-01-01T00-00-00-${thread}.jsonl`), pieces.join(''))
  }
}
