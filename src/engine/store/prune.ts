import type { Retention } from '../../contract/store.ts'
import type { Db } from './database.ts'
import { starredPredicate } from '../filters/predicates.ts'
import { origins } from './origins.ts'
import { bodyRemover, type BodyToRemove } from './remove-body.ts'
import { sessionRemover } from './remove-session.ts'
import { starredBodies } from './starred-bodies.ts'

/** Before which moment raw records and facts go (Unix milliseconds), and how large the database may be. */
export interface Bounds {
  readonly rawBeforeMs: number
  readonly maxBytes: number
  readonly factsBeforeMs: number
}

const dayMs = 86_400_000

/** Raw records never outlive the facts that came from them: what cannot be listed cannot be looked at either. */
export function boundsOf({ rawDays, rawBytes, factsDays }: Retention, nowMs: number): Bounds {
  const before = (days: number | null): number => (days === null ? -Infinity : nowMs - days * dayMs)
  return {
    rawBeforeMs: Math.max(before(rawDays), before(factsDays)),
    maxBytes: rawBytes ?? Infinity,
    factsBeforeMs: before(factsDays),
  }
}

export interface Pruned {
  bodies: number
  records: number
  sessions: number
}

export interface Pruning {
  /** What would go now. */
  due(bounds: Bounds): { readonly bodies: number; readonly sessions: number; readonly overBytes: number }
  /** Takes it away, with pauses that may end a transaction; counts what is gone. */
  run(bounds: Bounds, pruned: Pruned): Generator<void, void>
  /** To be called when a star is set or taken away: what is due has to be counted anew. */
  starsChanged(): void
}

/** The sample stays until it is removed, what is still to be sent on until it is sent, and what tells of a starred session as long as its star. */
const prunable = `origin <> ${origins.sample} AND NOT EXISTS (SELECT 1 FROM forward_held WHERE forward_held.body = body.id)
  AND id NOT IN (SELECT body FROM temp.starred_body)`
/** A session whose raw records remain has been imported late, or is still to be sent on. */
const hasNoRaw = `sample = 0 AND NOT (${starredPredicate})
  AND NOT EXISTS (SELECT 1 FROM log WHERE conversation = (SELECT key FROM conversation WHERE conversation.id = session.id))
  AND NOT EXISTS (SELECT 1 FROM trace_conversation
    WHERE conversation = (SELECT key FROM conversation WHERE conversation.id = session.id))`
const atOnce = 200

export function pruning(db: Db): Pruning {
  const starred = starredBodies(db)
  const nextBody = db.prepare<[number, number], BodyToRemove & { receivedMs: number; records: number }>(
    `SELECT id, signal, codec, size, bytes, records, received_ms AS receivedMs FROM body
     WHERE (received_ms, id) > (?, ?) AND ${prunable} ORDER BY received_ms, id LIMIT 1`,
  )
  const dueBodies = db
    .prepare<[number], number>(`SELECT count(*) FROM body WHERE received_ms < ? AND ${prunable}`)
    .pluck()
  const usedBytes = db
    .prepare<[], number>(
      'SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()',
    )
    .pluck()
  const dueSessions = db
    .prepare<[bigint], number>(`SELECT count(*) FROM session WHERE last_ns < ? AND ${hasNoRaw}`)
    .pluck()
  const oldSessions = db
    .prepare<[bigint], string>(`SELECT id FROM session WHERE last_ns < ? AND ${hasNoRaw} LIMIT ${atOnce}`)
    .pluck()
  const series = db.prepare<[], number>('SELECT id FROM metric_series').pluck()
  const oldMinutes = db.prepare('DELETE FROM metric_minute WHERE series = ? AND minute < ?')
  // The last level of a start stays: what comes next grew from it.
  const oldLevels = db.prepare(
    `DELETE FROM metric_level WHERE series = ? AND time_ns < ? AND EXISTS (SELECT 1 FROM metric_level AS later
       WHERE later.series = metric_level.series AND later.start_ns = metric_level.start_ns AND later.time_ns > metric_level.time_ns)`,
  )
  const emptyLevels = db.prepare(
    'DELETE FROM metric_level WHERE series = ? AND NOT EXISTS (SELECT 1 FROM metric_minute WHERE series = metric_level.series)',
  )
  const emptySeries = db.prepare(
    'DELETE FROM metric_series WHERE id = ? AND NOT EXISTS (SELECT 1 FROM metric_minute WHERE series = metric_series.id)',
  )
  const conversations = db
    .prepare<[number], number>(`SELECT key FROM conversation WHERE key > ? ORDER BY key LIMIT ${atOnce}`)
    .pluck()
  const removeConversation = db.prepare(
    `DELETE FROM conversation WHERE key = ?
       AND NOT EXISTS (SELECT 1 FROM session WHERE session.id = conversation.id)
       AND NOT EXISTS (SELECT 1 FROM log WHERE conversation = conversation.key)
       AND NOT EXISTS (SELECT 1 FROM trace_conversation WHERE conversation = conversation.key)`,
  )
  const noteMetrics = db.prepare(
    `INSERT INTO setting (key, value) VALUES ('${metricsPrunedKey}', '1') ON CONFLICT DO NOTHING`,
  )
  const removeBody = bodyRemover(db)
  const remover = sessionRemover(db)

  function* raw({ rawBeforeMs, maxBytes }: Bounds, pruned: Pruned): Generator<void, void> {
    let receivedMs = -1
    let id = 0
    for (;;) {
      yield* starred.find()
      const body = nextBody.get(receivedMs, id)
      if (body === undefined) return
      if (body.receivedMs >= rawBeforeMs && (usedBytes.get() ?? 0) <= maxBytes) return
      if (body.signal === 3) noteMetrics.run()
      yield* removeBody(body)
      receivedMs = body.receivedMs
      id = body.id
      pruned.bodies++
      pruned.records += body.records
      yield
    }
  }

  function* facts({ factsBeforeMs }: Bounds, pruned: Pruned): Generator<void, void> {
    if (factsBeforeMs === -Infinity) return
    const before = BigInt(Math.floor(factsBeforeMs)) * 1_000_000n
    for (let ids = oldSessions.all(before); ids.length > 0; ids = oldSessions.all(before)) {
      for (const id of ids) {
        yield* remover.inPieces(id)
        pruned.sessions++
        yield
      }
    }
    for (const id of series.all()) {
      oldMinutes.run(id, Math.floor(factsBeforeMs / 60_000))
      oldLevels.run(id, before)
      emptyLevels.run(id)
      emptySeries.run(id)
      yield
    }
  }

  /** Names of sessions that nothing tells of any more. */
  function* orphans(): Generator<void, void> {
    for (let keys = conversations.all(0); keys.length > 0; keys = conversations.all(keys.at(-1) ?? 0)) {
      for (const key of keys) removeConversation.run(key)
      yield
    }
  }

  return {
    due: ({ rawBeforeMs, maxBytes, factsBeforeMs }) => ({
      bodies: rawBeforeMs === -Infinity ? 0 : (dueBodies.get(rawBeforeMs) ?? 0),
      sessions:
        factsBeforeMs === -Infinity ? 0 : (dueSessions.get(BigInt(Math.floor(factsBeforeMs)) * 1_000_000n) ?? 0),
      overBytes: nextBody.get(-1, 0) === undefined ? 0 : Math.max(0, (usedBytes.get() ?? 0) - maxBytes),
    }),
    starsChanged: () => {
      starred.forget()
    },
    *run(bounds, pruned) {
      // What has arrived since the last time is not known.
      starred.forget()
      yield* raw(bounds, pruned)
      yield* facts(bounds, pruned)
      if (pruned.bodies + pruned.sessions > 0) yield* orphans()
    },
  }
}

/** There since metric records were pruned: their sums cannot be made again. */
export const metricsPrunedKey = 'metrics.pruned'
