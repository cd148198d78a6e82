import { spawnSync } from 'node:child_process'
import { built } from '../built.ts'
import { nodeCommand } from '../node-command.ts'
import { median } from './floors.ts'
import type { Figure } from './report.ts'

const rounds = 9

const asked: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['show', ['show', 'last']],
  ['explain', ['explain', 'last']],
  ['sessions', ['sessions']],
  ['limits', ['limits']],
  ['costs', ['costs']],
  ['costs over 90 days, by session', ['costs', '--since', '90d', '--by', 'session']],
]

/**
 * How long commands take on a data folder, from the outside; the line of a status bar beyond the start of Node itself. Each round runs
 * Node alone beside the command, so that both meet the same machine.
 */
export function commandFigures(dataDir: string): Figure[] {
  return [
    ...asked.map(([name, args]): Figure => {
      const { command, node } = timesOf(args, dataDir)
      const beside = { name: 'start of Node', value: node, ratio: null }
      return { name: `colophon ${name}`, value: command, unit: 'ms', limit: 300, better: 'lower', beside }
    }),
    lineFigure(dataDir),
  ]
}

function lineFigure(dataDir: string): Figure {
  const { command, node } = timesOf(['statusline'], dataDir)
  const beside = { name: 'start of Node', value: node, ratio: null }
  return {
    name: 'colophon statusline, beyond Node',
    value: command - node,
    unit: 'ms',
    limit: 50,
    better: 'lower',
    beside,
  }
}

function timesOf(args: readonly string[], dataDir: string): { readonly command: number; readonly node: number } {
  const times = Array.from({ length: rounds }, () => ({
    node: msOf(['-e', '0']),
    command: msOf([built('main/cli.js'), ...args, '--data', dataDir]),
  }))
  return { command: median(times.map(({ command }) => command)), node: median(times.map(({ node }) => node)) }
}

function msOf(args: readonly string[]): number {
  const begun = performance.now()
  const { status, stderr } = spawnSync(...nodeCommand(...args), { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - begun
}
