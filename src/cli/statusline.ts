import { writeSync } from 'node:fs'
import type { CommandResults } from '../contract/commands.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import { statusFigures } from '../engine/reading/status-figures.ts'
import type { StatuslineOptions } from './options/costs.ts'
import { jsonLine } from './print.ts'
import { linesText, type Line } from './text/line.ts'
import { screenOf } from './text/screen.ts'
import { costWords, percentWords, windowWords } from './text/words.ts'

/** One line of today. Whatever is wrong, a prompt or a status bar goes on: then the line says so in a few words. */
export function statusline({ dataDir, json }: StatuslineOptions, write = writeAtOnce): void {
  const figures = figuresOf(dataDir)
  const screen = screenOf({}, process.env)
  write(json ? jsonLine('statusline', figures, screen) : linesText(statusLines(figures), screen))
}

function figuresOf(dataDir: string): CommandResults['statusline'] {
  try {
    return { ...withFolder(dataDir, (db) => statusFigures(db, Date.now())), problem: null }
  } catch (error) {
    return { ...none, problem: error instanceof Error ? error.message : String(error) }
  }
}

/** Node's own stream of standard output takes as long to make as the line: it is for where the file cannot be written to at once. */
function writeAtOnce(text: string): void {
  try {
    writeSync(1, text)
  } catch {
    process.stdout.on('error', () => undefined).write(text)
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
