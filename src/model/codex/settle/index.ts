import { awayByCall, type Away } from '../away.ts'
import { settleAttempts, settleCalls, type SettledAttempt, type SettledCall } from './calls.ts'
import type { Evidence } from './evidence.ts'
import { settleSession, type SettledSession } from './session.ts'
import { settleTools, type SettledTool } from './tools.ts'
import { settleTurns, type Turn } from './turns.ts'

export type { Evidence } from './evidence.ts'
export type { SettledAttempt, SettledCall } from './calls.ts'
export type { SettledSession } from './session.ts'
export type { SettledTool } from './tools.ts'
export { turnFinder, type Turn } from './turns.ts'

export interface Settled {
  readonly session: SettledSession
  readonly turns: readonly Turn[]
  readonly calls: readonly SettledCall[]
  readonly attempts: readonly SettledAttempt[]
  readonly tools: readonly SettledTool[]
  readonly away: Away
}

/** Derives what no single record says. A pure function of the set of facts: the order of arrival cannot matter. */
export function settle(evidence: Evidence): Settled {
  const away = awayOf(evidence)
  const turns = settleTurns(evidence, away)
  const tools = settleTools(evidence, turns)
  const attempts = settleAttempts(evidence, turns)
  return {
    session: settleSession(evidence, turns, tools, attempts),
    turns,
    calls: settleCalls(evidence, turns),
    attempts,
    tools,
    away,
  }
}

/** The same moments as the rows of the tree go by. */
function awayOf({ tools, decisions, calls, attempts }: Evidence): Away {
  return awayByCall(
    tools,
    [...decisions, ...calls, ...attempts].map(({ at }) => at),
  )
}
