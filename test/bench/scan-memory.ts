import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { built } from '../built.ts'
import { nodeCommand } from '../node-command.ts'
import { median } from './floors.ts'
import type { Figure } from './report.ts'
import type { MadeHome } from './session-home.ts'

/** A process says at its end how much memory it had at most, in KiB; what `maxRSS` says counts the one that started it, too. */
const sayMost = `data:text/javascript,${encodeURIComponent(
  "import { readFileSync } from 'node:fs'; process.on('exit', () => console.error(readFileSync('/proc/self/status', 'utf8')))",
)}`

/** The most memory that reading all of a home takes, in a process that does nothing else; the median of three. */
export function scanMemoryFigure(home: MadeHome, folder: string): Figure {
  const most = [1, 2, 3].map((round) => {
    const args = ['history', 'scan', '--codex-home', home.path, '--data', join(folder, `scanned-${String(round)}`)]
    const { stderr } = spawnSync(...nodeCommand('--import', sayMost, built('main/cli.js'), ...args), {
      encoding: 'utf8',
    })
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(stderr)?.[1]) * 1024
  })
  return {
    name: 'resident memory of colophon history scan',
    value: median(most) / 1e6,
    unit: 'MB',
    limit: 300,
    better: 'lower',
  }
}
