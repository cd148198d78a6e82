import { spawnSync } from 'node:child_process'
import { built } from '../built.ts'
import { nodeCommand } from '../node-command.ts'
import type { Figure } from './report.ts'
import { percentile } from './senders.ts'

const rounds = 9

/** How long commands take on a data folder, from the outside; the line of a status bar beyond the start of Node itself. */
export function commandFigures(dataDir: string): Figure[] {
  const node = medianMs(['-e', '0'])
  const command = (...args: string[]): number => medianMs([built('main/cli.js'), ...args, '--data', dataDir])
  const figure = (name: string, value: number, limit: number): Figure => ({
    name,
    value,
    unit: 'ms',
    limit,
    better: 'lower',
  })
  return [
    { name: 'start of Node', value: node, unit: 'ms', limit: null, better: 'lower' },
    figure('colophon statusline, beyond it', command('statusline') - node, 50),
    figure('colophon show', command('show', 'last'), 300),
    figure('colophon costs', command('costs'), 300),
    figure('colophon costs over 90 days, by session', command('costs', '--since', '90d', '--by', 'session'), 300),
  ]
}

function medianMs(args: readonly string[]): number {
  const times = Array.from({ length: rounds }, () => {
    const begun = performance.now()
    const { status, stderr } = spawnSync(...nodeCommand(...args), { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    return performance.now() - begun
  })
  return percentile(
    times.sort((a, b) => a - b),
    0.5,
  )
}
