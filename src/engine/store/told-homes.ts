import { homesOf, type Home } from '../../model/genai/homes.ts'
import { keyOf, requestsOf, type Placed } from '../../model/genai/requests.ts'
import type { Db } from './database.ts'
import { readTold, toldColumns, type ToldRow } from './read-told.ts'
import { recordVersions } from './record-versions.ts'
import { spanAbove } from './span-above.ts'

/** More traces than this are not followed from id to id: a sender that gives all its answers one id is no one request. */
const mostTraces = 500

/**
 * Settles which session each telling belongs to and which request it tells of, for a trace or a conversation and whatever shares a
 * request with it. The caller holds the transaction.
 */
export function toldHomes(db: Db): (key: string) => void {
  const ofTrace = db
    .prepare<[string], ToldRow>(`SELECT ${toldColumns} FROM genai_told WHERE trace_id = ? AND trace_id <> ''`)
    .safeIntegers(true)
  const unplaced = db
    .prepare<[string], ToldRow>(
      `SELECT ${toldColumns} FROM genai_told WHERE conversation = ? AND trace_id = '' AND session_id IS NULL`,
    )
    .safeIntegers(true)
  const sharing = db
    .prepare<[string, string], ToldRow>(
      `SELECT ${toldColumns} FROM genai_told_id AS own JOIN genai_told_id AS other ON other.id = own.id AND other.service = own.service
         JOIN genai_told ON genai_told.trace_id = other.trace_id AND genai_told.span_id = other.span_id
       WHERE own.trace_id = ? AND own.span_id = ?`,
    )
    .safeIntegers(true)
  const place = db.prepare(
    `UPDATE genai_told SET session_id = @home, request = @request, above = @above
     WHERE trace_id = @traceId AND span_id = @spanId
       AND (session_id IS NOT @home OR request IS NOT @request OR above IS NOT @above)`,
  )
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const above = spanAbove(db)
  const nameOf = homeNames(db)
  const moveRecords = recordMover(db)

  function around(key: string): Map<string, ToldRow> {
    const found = new Map<string, ToldRow>()
    const traces = new Set<string>()
    const open: ToldRow[] = []
    const add = (row: ToldRow): void => {
      if (found.has(keyOf(row))) return
      found.set(keyOf(row), row)
      open.push(row)
    }
    const addTrace = (traceId: string): void => {
      if (traceId === '' || traces.has(traceId) || traces.size >= mostTraces) return
      traces.add(traceId)
      for (const row of ofTrace.all(traceId)) add(row)
    }
    addTrace(key)
    for (const row of unplaced.all(key)) add(row)
    for (let row = open.pop(); row !== undefined; row = open.pop()) {
      addTrace(row.traceId)
      if (row.hasIds) for (const other of sharing.all(row.traceId, row.spanId)) add(other)
    }
    return found
  }

  return (key) => {
    const rows = around(key)
    if (rows.size === 0) return
    const told = [...rows.values()].map((row): Placed => ({ ...readTold(row), above: above(row, rows) }))
    const requests = requestsOf(told)
    const homes = homesOf(told, requests)
    const sessionsOf = new Map<string, Set<string>>()
    for (const one of told) {
      const home = nameOf(homes.get(one) as Home)
      const { traceId, spanId } = one
      const row = rows.get(keyOf(one))
      const { changes } = place.run({ home, request: requests.get(one) ?? null, above: one.above, traceId, spanId })
      if (changes > 0) for (const id of [home, row?.sessionId]) if (id !== null && id !== undefined) unsettle.run(id)
      if (traceId !== '' && one.kind !== 'mention')
        sessionsOf.set(traceId, (sessionsOf.get(traceId) ?? new Set()).add(home))
    }
    for (const [traceId, sessions] of sessionsOf) moveRecords(traceId, [...sessions].sort())
  }
}

/**
 * The id of a session: the conversation, else the trace. Where several services use the same conversation id, the first of them by
 * name keeps it, and the others' have the service behind it.
 */
function homeNames(db: Db): (home: Home) => string {
  // Of one that was deleted the name stays its own: under another's it would come back, or take that one with it.
  const first = db
    .prepare<{ conversation: string }, string | null>(
      `SELECT coalesce((SELECT service FROM removed_session WHERE session_id = @conversation),
         (SELECT min(service) FROM genai_told WHERE conversation = @conversation))`,
    )
    .pluck()
  const misnamed = db.prepare<[string, string], { traceId: string; sessionId: string }>(
    `SELECT DISTINCT trace_id AS traceId, session_id AS sessionId FROM genai_told
     WHERE conversation = ? AND service <> ? AND session_id = conversation`,
  )
  const lift = db.prepare(
    "UPDATE genai_told SET session_id = NULL WHERE conversation = ? AND service <> ? AND session_id = conversation AND trace_id = ''",
  )
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  return ({ conversation, service, traceId }) => {
    if (conversation === null) return traceId
    const owner = first.get({ conversation })
    if (owner === null || owner === undefined || owner === service) {
      // Another came first and has the bare name: it is named anew.
      for (const row of misnamed.all(conversation, service)) {
        lift.run(conversation, service)
        for (const key of [row.traceId, row.sessionId]) if (key !== '') unsettle.run(key)
      }
      return conversation
    }
    return `${conversation}@${service}`
  }
}

/** Lets the records of a trace lead to the sessions that it turned out to be of. */
function recordMover(db: Db): (traceId: string, sessions: readonly string[]) => void {
  const traceKey = db.prepare<[Buffer], number>('SELECT id FROM trace WHERE trace_id = ?').pluck()
  const conversationKey = db
    .prepare<[string], number>(
      'INSERT INTO conversation (id) VALUES (?) ON CONFLICT DO UPDATE SET id = id RETURNING key',
    )
    .pluck()
  const addTrace = db.prepare(
    'INSERT INTO trace_conversation (conversation, trace) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  // What Codex's sessions name stays.
  const dropTrace = db.prepare(
    `DELETE FROM trace_conversation WHERE trace = ? AND conversation NOT IN (SELECT value FROM json_each(?))
       AND conversation NOT IN (SELECT key FROM conversation JOIN session ON session.id = conversation.id WHERE session.kind <> 'app')`,
  )
  // A span names its conversation; where another service has that name, its row is looked for under the session's own.
  const bringLinks = db.prepare(
    `UPDATE span_link SET conversation = ? WHERE trace = ? AND conversation IN (
       SELECT conversation FROM trace_conversation WHERE trace = span_link.trace AND conversation NOT IN (SELECT value FROM json_each(?))
         AND conversation NOT IN (SELECT key FROM conversation JOIN session ON session.id = conversation.id WHERE session.kind <> 'app'))`,
  )
  const bringLogs = db.prepare(
    'UPDATE log SET conversation = ? WHERE conversation = (SELECT key FROM conversation WHERE id = ?)',
  )
  const versions = recordVersions(db)
  return (traceId, sessions) => {
    const trace = traceKey.get(Buffer.from(traceId, 'hex'))
    const keys = sessions.map((id) => conversationKey.get(id) as number)
    const [first, ...more] = sessions
    let moved = 0
    if (trace !== undefined) {
      for (const key of keys) moved += addTrace.run(key, trace).changes
      if (more.length === 0) moved += bringLinks.run(keys[0], trace, JSON.stringify(keys)).changes
      moved += dropTrace.run(trace, JSON.stringify(keys)).changes
    }
    if (first !== traceId || more.length > 0) moved += bringLogs.run(keys[0], traceId).changes
    if (moved === 0) return
    versions.renewNamed(traceId, ...sessions)
    if (trace !== undefined) versions.renewOfTraces([trace])
  }
}
