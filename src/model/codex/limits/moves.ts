import type { LimitPeriod } from './periods.ts'

export interface TurnMove {
  readonly turnId: string | null
  readonly atMs: number
  readonly risePercent: number
}

/** By how much a session moved a window; what it used before a reset counts as well. */
export interface SessionMove {
  readonly sessionId: string
  readonly risePercent: number
  /** In the order of time. */
  readonly turns: readonly TurnMove[]
}

export interface Moves {
  /** What moved it most comes first. */
  readonly sessions: readonly SessionMove[]
  /** Rises that no turn here made. */
  readonly elsewherePercent: number
}

export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** Who moved a window in a stretch of time. */
export function movesOf(periods: readonly LimitPeriod[], { fromMs, toMs }: Stretch): Moves {
  const sessions = new Map<string, Map<string | null, TurnMove>>()
  let elsewhere = 0
  for (const { points } of periods)
    for (const { atMs, sessionId, turnId, risePercent, own } of points) {
      if (risePercent === 0 || atMs < fromMs || atMs >= toMs) continue
      if (!own) {
        elsewhere += risePercent
        continue
      }
      const turns = sessions.get(sessionId) ?? new Map<string | null, TurnMove>()
      sessions.set(sessionId, turns)
      const known = turns.get(turnId)
      turns.set(turnId, { turnId, atMs: known?.atMs ?? atMs, risePercent: (known?.risePercent ?? 0) + risePercent })
    }
  const moves = [...sessions].map(([sessionId, turns]): SessionMove => {
    const inTime = [...turns.values()].sort((a, b) => a.atMs - b.atMs)
    const rises = inTime.map(({ risePercent }) => risePercent)
    return {
      sessionId,
      risePercent: rounded(rises.reduce((sum, rise) => sum + rise, 0)),
      turns: inTime.map((turn) => ({ ...turn, risePercent: rounded(turn.risePercent) })),
    }
  })
  return {
    sessions: moves.sort((a, b) => b.risePercent - a.risePercent || (a.sessionId < b.sessionId ? -1 : 1)),
    elsewherePercent: rounded(elsewhere),
  }
}

/** Sums of fractions without the dust of binary figures. */
function rounded(percent: number): number {
  return Math.round(percent * 1000) / 1000
}
