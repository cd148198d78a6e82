import type { Signal } from '../../model/signal.ts'
import { filterRequest } from '../exchange/split-request.ts'
import { eachLog } from '../otlp/wire/logs.ts'
import { eachSpan } from '../otlp/wire/spans.ts'
import type { Db } from './database.ts'
import { conversationOfLog, conversationOfSpan } from './named-session.ts'
import { removedIds } from './removed-ids.ts'

/** Sessions that the user deleted, and what must not bring them back. */
export interface Tombstones {
  /** The request without their records; null where none is left. `note`: counts what was left out as refused. */
  without(signal: Signal, bytes: Buffer, note: boolean): Buffer | null
  has(sessionId: string): boolean
  /** Of session files: so many entries were refused. */
  refused(sessionId: string, entries: number): void
  /** The first is the session itself. */
  add(ids: readonly string[]): void
  /** Of the session and its helpers. */
  forget(id: string): void
  /** Must follow the rollback of a transaction. */
  reload(): void
}

export function tombstones(db: Db): Tombstones {
  const readTraces = db.prepare<[], [string, string]>('SELECT trace_id, session_id FROM removed_trace').raw()
  const addTrace = db.prepare('INSERT INTO removed_trace (trace_id, session_id) VALUES (?, ?) ON CONFLICT DO NOTHING')
  /** Of a session: its traces. */
  const own = db
    .prepare<object, string>(
      `SELECT lower(hex(trace_id)) FROM trace WHERE id IN (
         SELECT trace FROM trace_conversation JOIN conversation ON key = conversation WHERE conversation.id = @id)
         OR trace_id IN (SELECT unhex(trace_id) FROM genai_told WHERE session_id = @id AND trace_id <> '')`,
    )
    .pluck()
  // A trace of an application has its own name until it turns out whose it is.
  const namesOthers = db
    .prepare<[string], number>(
      `SELECT 1 FROM trace JOIN trace_conversation ON trace = trace.id JOIN conversation ON key = conversation
       WHERE trace_id = unhex(?) AND conversation.id <> lower(hex(trace_id))
         AND conversation.id NOT IN (SELECT session_id FROM removed_session) LIMIT 1`,
    )
    .pluck()
  const ofId = db.prepare<[string], string>('SELECT of_id FROM removed_session WHERE session_id = ?').pluck()
  const isSession = db.prepare<[string], number>("SELECT 1 FROM session WHERE id = ? AND kind = 'app'").pluck()
  const count = db.prepare('UPDATE removed_session SET refused = refused + ?, last_ms = ? WHERE session_id = ?')
  const remove = [
    'DELETE FROM removed_trace WHERE session_id IN (SELECT session_id FROM removed_session WHERE of_id = ?)',
    'DELETE FROM removed_session WHERE of_id = ?',
  ].map((sql) => db.prepare(sql))
  const ids = removedIds(db)
  let traces = new Map<string, string>()
  const reload = (): void => {
    ids.reload()
    traces = new Map(readTraces.all())
  }
  reload()

  function bury(trace: string, id: string): void {
    addTrace.run(trace, id)
    traces.set(trace, id)
  }

  /** Places of the records that go, and whose they are. */
  function ofSpans(bytes: Buffer): Map<number, string> {
    const spans: { at: number; trace: string; names: boolean; id: string | null }[] = []
    const named = new Map<string, Set<string | null>>()
    eachSpan(bytes, (view, sender) => {
      if (view.traceIdAt < 0) return
      const trace = bytes.toString('hex', view.traceIdAt, view.traceIdAt + 16)
      const conversation = conversationOfSpan(view, sender)
      const id = conversation === null ? null : ids.meant(conversation, sender.service)
      spans.push({ at: view.at, trace, names: conversation !== null, id })
      if (conversation !== null) named.set(trace, (named.get(trace) ?? new Set()).add(id))
    })
    for (const [trace, all] of named) {
      const [first] = all
      const isOwn = typeof first === 'string' && !all.has(null) && namesOthers.get(trace) === undefined
      if (!isOwn || traces.has(trace)) continue
      bury(trace, first)
      // What came of it before it was known whose it is goes as well, with what is left to delete.
      if (isSession.get(trace) !== undefined) ids.add(trace, ofId.get(first) ?? first)
    }
    const gone = new Map<number, string>()
    for (const { at, trace, names, id } of spans) {
      const whose = names ? id : traces.get(trace)
      if (whose !== null && whose !== undefined) gone.set(at, whose)
    }
    return gone
  }

  function ofLogs(bytes: Buffer): Map<number, string> {
    const gone = new Map<number, string>()
    eachLog(bytes, (log, sender) => {
      const conversation = conversationOfLog(log, sender)
      const whose = conversation === null ? traces.get(log.traceId) : ids.meant(conversation, sender.service)
      if (whose !== null && whose !== undefined) gone.set(log.at, whose)
    })
    return gone
  }

  function refused(sessionId: string, entries: number): void {
    if (entries > 0) count.run(entries, Date.now(), sessionId)
  }

  return {
    without(signal, bytes, note) {
      if (ids.isEmpty() || signal === 'metrics') return bytes
      const gone = signal === 'traces' ? ofSpans(bytes) : ofLogs(bytes)
      if (gone.size === 0) return bytes
      if (note) {
        const sums = new Map<string, number>()
        for (const id of gone.values()) sums.set(id, (sums.get(id) ?? 0) + 1)
        for (const [id, records] of sums) refused(id, records)
      }
      return filterRequest(bytes, (at) => !gone.has(at))
    },
    has: (sessionId) => ids.has(sessionId),
    refused,
    add(added) {
      const [first = ''] = added
      for (const id of added) ids.add(id, first)
      for (const id of added)
        for (const trace of own.all({ id })) if (namesOthers.get(trace) === undefined) bury(trace, id)
    },
    forget(id) {
      for (const statement of remove) statement.run(id)
      reload()
    },
    reload,
  }
}
