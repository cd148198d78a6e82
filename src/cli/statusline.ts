import type { CommandResults } from '../contract/commands.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import { statusFigures } from '../engine/reading/status-figures.ts'
import type { StatuslineOptions } from './options/costs.ts'
import { answer } from './print.ts'
import type { Line } from './text/line.ts'
import { costWords, percentWords, windowWords } from './text/words.ts'

/** One line of today. Whatever is wrong, a prompt or a status bar goes on: then the line says so in a few words. */
export function statusline({ dataDir, json }: StatuslineOptions): void {
  try {
    const figures = withFolder(dataDir, (db) => statusFigures(db, Date.now()))
    answer('statusline', { ...figures, problem: null }, json, statusLines)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    answer('statusline', { ...none, problem }, json, statusLines)
  }
}

const none = { costUsd: null, calls: 0, unpricedCalls: 0, cachedShare: null, limits: [] }

/** What is not known is left out. */
export function statusLines(figures: CommandResults['statusline']): Line[] {
  const { calls, cachedShare, limits, problem } = figures
  if (problem !== null) return [['colophon: no figures']]
  const parts = [
    calls === 0 ? '$0.00 today' : `${costWords(figures)} today`,
    ...(cachedShare === null ? [] : [`${percentWords(cachedShare * 100)} cached`]),
    ...limits.map(
      ({ windowMinutes, usedPercent }) => `${windowWords(windowMinutes)} window ${percentWords(usedPercent)}`,
    ),
  ]
  return [[parts.join(' · ')]]
}
