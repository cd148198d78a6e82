import type { Db } from '../store/database.ts'
import { besideNs } from '../store/neighbours.ts'
import { sessionRemover } from '../store/remove-session.ts'

/** Moments of a session that its files tell. */
const moments = [
  ['rollout_thread', 'at_ms'],
  ['rollout_turn', 'start_ms'],
  ['rollout_turn', 'context_ms'],
  ['rollout_turn', 'end_ms'],
  ['rollout_call', 'at_ms'],
  ['rollout_step', 'at_ms'],
  ['rollout_compaction', 'at_ms'],
  ['rollout_error', 'at_ms'],
  ['rollout_prompt', 'at_ms'],
  ['rollout_tool', 'called_ms'],
  ['rollout_tool', 'said_ms'],
  ['rollout_tool', 'item_ms'],
].map(([table = '', column = '']) => `SELECT ${column} AS at FROM ${table} WHERE session_id = @id`)

interface Span {
  readonly first: number
  readonly last: number
}

export interface SessionSpans {
  /** Of a session that was at work from then until then (Unix milliseconds). */
  widen(id: string, span: Span): void
  /** Makes the session last as long as what is known of it says, and takes it away where nothing is. Steps of hooks count that lie in or beside that. */
  renew(id: string): void
  /** The same, where hooks sent something: what they sent may lie days away. */
  renewWithHooks(id: string): void
  /** Brings every session that files know back, after the rows of sessions were taken away; they are to be settled. */
  renewAll(): void
}

/** The times of a session span what both witnesses tell: those of the telemetry are kept apart, so that files can be forgotten. */
export function sessionSpans(db: Db): SessionSpans {
  // A conversation that Codex names is Codex's, whoever named it before.
  const claim = db.prepare("DELETE FROM session WHERE id = ? AND kind = 'app'")
  const widen = db.prepare(
    `INSERT INTO session (id, witness, end_state, first_ns, last_ns)
     VALUES (@id, 'file', 'idle', CAST(@first AS INTEGER) * 1000000, CAST(@last AS INTEGER) * 1000000)
     ON CONFLICT DO UPDATE SET first_ns = min(first_ns, excluded.first_ns), last_ns = max(last_ns, excluded.last_ns)`,
  )
  const told = db.prepare(
    'UPDATE session SET first_ns = told_first_ns, last_ns = told_last_ns WHERE id = ? AND told_first_ns NOT NULL',
  )
  const beside = db.prepare(
    `UPDATE session SET (first_ns, last_ns) = (
       SELECT min(session.first_ns, coalesce(min(start_ns), session.first_ns)), max(session.last_ns, coalesce(max(end_ns), session.last_ns))
       FROM hook_step WHERE session_id = session.id
         AND start_ns BETWEEN session.first_ns - ${besideNs} AND session.last_ns + ${besideNs})
     WHERE id = ?`,
  )
  const hasHooks = db.prepare<[string], number>('SELECT 1 FROM hook_step WHERE session_id = ? LIMIT 1').pluck()
  /** Of the telemetry hooks alone speak of it: what its file says is the work. */
  const ofFile = db.prepare(
    `UPDATE session SET first_ns = CAST(@first AS INTEGER) * 1000000, last_ns = CAST(@last AS INTEGER) * 1000000
     WHERE id = @id AND own = 0`,
  )
  const isUntold = db
    .prepare<[string], number>("SELECT 1 FROM session WHERE id = ? AND told_first_ns IS NULL AND kind <> 'app'")
    .pluck()
  const remover = sessionRemover(db)
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const readSpan = db.prepare<[{ id: string }], { first: number | null; last: number | null }>(
    `SELECT min(at) AS first, max(at) AS last FROM (${moments.join(' UNION ALL ')})`,
  )
  const threads = db.prepare<[], string>('SELECT DISTINCT session_id FROM rollout_thread').pluck()
  const spanOf = (id: string): Span | null => {
    const { first = null, last = null } = readSpan.get({ id }) ?? {}
    return first === null || last === null ? null : { first, last }
  }
  const widenTo = (id: string, { first, last }: Span): void => {
    claim.run(id)
    widen.run({ id, first, last })
  }
  const widenBy = (id: string): void => {
    const span = spanOf(id)
    if (span !== null) widenTo(id, span)
  }
  const renew = (id: string): void => {
    const span = spanOf(id)
    if (span === null && isUntold.get(id) === 1) remover.leave(id)
    told.run(id)
    if (span !== null) widenTo(id, span)
    if (hasHooks.get(id) !== 1) return
    if (span !== null) ofFile.run({ id, ...span })
    beside.run(id)
  }
  return {
    widen: widenTo,
    renew,
    renewWithHooks(id) {
      if (hasHooks.get(id) === 1) renew(id)
    },
    renewAll() {
      for (const id of threads.all()) {
        widenBy(id)
        unsettle.run(id)
      }
    },
  }
}
