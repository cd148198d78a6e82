import { awayByCall } from '../codex/away.ts'
import type { Stretch } from '../ledger/share.ts'
import type { SessionFacts } from './facts.ts'

/** When the machine was away, by the calls that were under way. */
export function awayOf(session: SessionFacts): ReadonlyMap<string, readonly Stretch[]> {
  const { tools, decisions, calls, attempts } = session
  return awayByCall(
    tools,
    [...decisions, ...calls, ...attempts].map(({ at }) => at),
  )
}
