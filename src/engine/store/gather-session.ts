import { sessionSpans } from '../history/session-spans.ts'
import { appSessions } from './app-sessions.ts'
import type { Db } from './database.ts'
import { dimensionWriter } from './dimensions.ts'
import { settledWriter } from './settled-writer.ts'

/**
 * Finds out what belongs to a session at all, and settles one that is not Codex's; true where it is Codex's, and is to be settled. Idempotent;
 * the caller holds the transaction.
 */
export function sessionGatherer(db: Db): (sessionId: string) => boolean {
  const spans = sessionSpans(db)
  const write = settledWriter(db)
  const writeDimension = dimensionWriter(db)
  const kindOf = db.prepare<[string], string>('SELECT kind FROM session WHERE id = ?').pluck()
  const apps = appSessions(db, (id, firstNs, { session }) => {
    const nothing = { turns: [], calls: [], attempts: [], tools: [], prompts: [], differences: [] }
    write(id, firstNs, {
      session,
      ...nothing,
      witness: 'telemetry',
      added: { calls: [], prompts: [], tools: [], compactions: [] },
    })
  })
  return (sessionId) => {
    apps.gather(sessionId)
    spans.renewWithHooks(sessionId)
    const kind = kindOf.get(sessionId)
    if (kind !== undefined && kind !== 'app') {
      apps.yieldToCodex(sessionId)
      return true
    }
    apps.settle(sessionId)
    writeDimension(sessionId)
    return false
  }
}
