import type { LimitWindow } from '../../../contract/limits.ts'
import type { Called } from '../../../model/session/name.ts'

export interface MovedTurn {
  readonly turnId: string | null
  readonly atMs: number
  /** By window, in the order of the windows; null: it did not move. */
  readonly rises: readonly (number | null)[]
}

export interface MovedRow extends Called {
  readonly sessionId: string
  readonly lastMs: number
  readonly rises: readonly (number | null)[]
  readonly turns: readonly MovedTurn[]
}

/** What each session moved of every window: those that moved the first one most come first. */
export function movedRows(windows: readonly LimitWindow[]): readonly MovedRow[] {
  const ids = new Set(windows.flatMap(({ moved }) => moved.map(({ sessionId }) => sessionId)))
  const rows = [...ids].map((sessionId): MovedRow => {
    const moves = windows.map(({ moved }) => moved.find((move) => move.sessionId === sessionId) ?? null)
    const { title = null, folder = null, startedAtMs = null } = moves.find((move) => move !== null) ?? {}
    const turns = turnsOf(moves)
    return {
      sessionId,
      ...{ title, folder, startedAtMs },
      lastMs: Math.max(...turns.map(({ atMs }) => atMs)),
      rises: moves.map((move) => move?.risePercent ?? null),
      turns,
    }
  })
  return rows.sort((a, b) => {
    const at = windows.findIndex((_, index) => a.rises[index] !== b.rises[index])
    return (b.rises[at] ?? 0) - (a.rises[at] ?? 0)
  })
}

function turnsOf(moves: readonly (LimitWindow['moved'][number] | null)[]): readonly MovedTurn[] {
  const ids = new Set(moves.flatMap((move) => move?.turns.map(({ turnId }) => turnId) ?? []))
  return [...ids]
    .map((turnId): MovedTurn => {
      const turns = moves.map((move) => move?.turns.find((turn) => turn.turnId === turnId) ?? null)
      const times = turns.flatMap((turn) => (turn === null ? [] : [turn.atMs]))
      return { turnId, atMs: Math.min(...times), rises: turns.map((turn) => turn?.risePercent ?? null) }
    })
    .sort((a, b) => a.atMs - b.atMs)
}
