import type { LimitMove } from '../../../contract/limits.ts'
import { windowName } from '../../../model/codex/limits/window-name.ts'
import { countedPoints, points, windowTitle } from './limit-words.ts'

/** `3.2 / 0.4`: points of each window that a session moved, short windows first. */
export function moveFigures(moves: readonly LimitMove[]): string {
  return moves.map(({ risePercent }) => points(risePercent)).join(' / ')
}

/** `3.2 points of the 5-hour window, 0.4 points of the weekly window` */
export function moveTitle(moves: readonly LimitMove[]): string {
  return moves
    .map((move) => {
      const title = windowTitle(move)
      return `${countedPoints(move.risePercent)} of the ${title.charAt(0).toLowerCase()}${title.slice(1)}`
    })
    .join(', ')
}

interface MoveFigure {
  readonly name: string
  readonly value: string
  readonly more?: string
  readonly bad?: boolean
  readonly title: string
}

/** The figure in a session's head: its first window, and the others beside it; null where it moved none. */
export function moveFigure(all: readonly LimitMove[], sessionId: string): MoveFigure | null {
  const own = all.filter((move) => move.sessionId === sessionId)
  const [first = all[0]] = own
  if (first === undefined) return null
  const ofWindow = ({ limitId, windowMinutes }: LimitMove): boolean =>
    limitId === first.limitId && windowMinutes === first.windowMinutes
  const helpers = all.filter((move) => move.sessionId !== sessionId && ofWindow(move))
  const byHelpers = helpers.reduce((sum, { risePercent }) => sum + risePercent, 0)
  const more = [
    ...own
      .filter((move) => !ofWindow(move))
      .map((move) => `${points(move.risePercent)} ${windowName(move.windowMinutes)}`),
    ...(byHelpers > 0 ? [`+ ${points(byHelpers)} helpers`] : []),
  ].join(', ')
  return {
    name: `points of the ${windowName(first.windowMinutes)} limit`,
    value: own.some(ofWindow) ? points(first.risePercent) : '0',
    ...(more === '' ? {} : { more }),
    title: `it moved ${moveTitle(own) || 'no window itself'}; points are percentage points`,
  }
}
