import type { CommandResults } from '../contract/commands.ts'
import { sessionName } from '../contract/session-name.ts'
import { shortDuration } from '../contract/short-words.ts'
import { limitsIn } from '../engine/reading/limits.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import type { LimitsOptions } from './options/costs.ts'
import { answer } from './print.ts'
import { styled, wrapped, type Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'
import { momentWords, percentWords, windowWords } from './text/words.ts'

type Limits = CommandResults['limits']
type Window = Limits['windows'][number]

const weekMs = 7 * 86_400_000
const mostMoves = 3

/** How full the windows of the usage limits are, and what filled them in the last seven days. */
export function limits({ dataDir, json }: LimitsOptions): void {
  const nowMs = Date.now()
  const range = { fromMs: nowMs - weekMs, toMs: nowMs + 1 }
  const told = withFolder(dataDir, (db) => limitsIn(db, range))
  answer('limits', told, json, (value, screen) => limitLines(value, screen, nowMs))
}

const nothing =
  'Nothing is known about the limits: Codex records them in its own session files. Colophon reads these only if you let it, in Settings or with colophon history scan.'

export function limitLines({ windows }: Limits, screen: Screen, nowMs: number): Line[] {
  if (windows.length === 0) return wrapped(nothing, screen)
  return windows.flatMap((window, i) => [...(i === 0 ? [] : [[]]), ...windowLines(window, screen, nowMs)])
}

function windowLines(window: Window, screen: Screen, nowMs: number): Line[] {
  const { limitId, name, account, windowMinutes, now, moved, others, elsewherePercent } = window
  const cells = Math.min(40, screen.width - 24)
  const filled = Math.min(cells, Math.round((now.usedPercent / 100) * cells))
  const style = now.usedPercent >= 90 ? 'red' : now.usedPercent >= 70 ? 'yellow' : 'green'
  const [full, empty] = screen.unicode ? ['█', '░'] : ['#', '.']
  const whose = [name ?? (limitId === 'codex' ? '' : limitId), account ?? ''].filter((text) => text !== '').join(', ')
  const restPercent =
    others.risePercent + elsewherePercent + moved.slice(mostMoves).reduce((sum, move) => sum + move.risePercent, 0)
  return [
    [styled('bold', `${windowWords(windowMinutes)} window`), whose === '' ? '' : ` of ${whose}`],
    [
      '  ',
      styled(style, full.repeat(filled)),
      styled('dim', empty.repeat(cells - filled)),
      ` ${percentWords(now.usedPercent)}`,
    ],
    ...wrapped(standingWords(now, nowMs), screen, '  '),
    ...moved
      .slice(0, mostMoves)
      .map((move): Line => [
        `  ${percentWords(move.risePercent).padStart(6)}  ${sessionName({ ...move, id: move.sessionId })}`,
      ]),
    ...(restPercent >= 0.5 ? [[`  ${percentWords(restPercent).padStart(6)}  by other sessions, or elsewhere`]] : []),
  ]
}

function standingWords({ forecast, resetsAtMs, atMs }: Window['now'], nowMs: number): string {
  const reset = resetsAtMs === null || resetsAtMs <= nowMs ? '' : `, reset in ${shortDuration(resetsAtMs - nowMs)}`
  const noted = `noted ${momentWords(atMs, nowMs)}`
  switch (forecast.kind) {
    case 'full':
      return `full in ${shortDuration(Math.max(0, forecast.atMs - nowMs))} at this pace${reset}; ${noted}`
    case 'lasts':
      return `lasts until its reset at this pace${reset}; ${noted}`
    case 'reached':
      return `reached${reset}; ${noted}`
    case 'over':
      return `was reset since; ${noted}`
    case 'still':
      return `nothing used lately${reset}; ${noted}`
  }
}
