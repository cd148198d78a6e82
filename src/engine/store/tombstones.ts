import { text, type Attributes } from '../../model/attributes.ts'
import { conversationOf } from '../../model/codex/sender.ts'
import type { Signal } from '../../model/signal.ts'
import { filterRequest } from '../exchange/split-request.ts'
import { Cursor } from '../otlp/wire/cursor.ts'
import { eachLog } from '../otlp/wire/logs.ts'
import { attributesOf, eachSpan } from '../otlp/wire/spans.ts'
import type { Db } from './database.ts'

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
  const readIds = db.prepare<[], string>('SELECT session_id FROM removed_session').pluck()
  const readTraces = db.prepare<[], [string, string]>('SELECT trace_id, session_id FROM removed_trace').raw()
  const addId = db.prepare(
    'INSERT INTO removed_session (session_id, of_id, at_ms) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET done = 0',
  )
  const addTrace = db.prepare('INSERT INTO removed_trace (trace_id, session_id) VALUES (?, ?) ON CONFLICT DO NOTHING')
  /** Of a session: the traces that name nobody else but those that go with it. */
  const own = db
    .prepare<object, string>(
      `SELECT lower(hex(trace_id)) FROM trace WHERE id IN (
         SELECT trace FROM trace_conversation JOIN conversation ON key = conversation WHERE conversation.id = @id)
         AND NOT EXISTS (SELECT 1 FROM trace_conversation AS named JOIN conversation ON key = named.conversation
           WHERE named.trace = trace.id AND conversation.id NOT IN (SELECT session_id FROM removed_session))
       UNION SELECT trace_id FROM genai_told WHERE session_id = @id AND trace_id <> ''`,
    )
    .pluck()
  const namesOthers = db
    .prepare<[string], number>(
      `SELECT 1 FROM trace JOIN trace_conversation ON trace = trace.id JOIN conversation ON key = conversation
       WHERE trace_id = unhex(?) AND conversation.id NOT IN (SELECT session_id FROM removed_session) LIMIT 1`,
    )
    .pluck()
  const count = db.prepare('UPDATE removed_session SET refused = refused + ?, last_ms = ? WHERE session_id = ?')
  const remove = [
    'DELETE FROM removed_trace WHERE session_id IN (SELECT session_id FROM removed_session WHERE of_id = ?)',
    'DELETE FROM removed_session WHERE of_id = ?',
  ].map((sql) => db.prepare(sql))
  let ids = new Set<string>()
  let traces = new Map<string, string>()
  const reload = (): void => {
    ids = new Set(readIds.all())
    traces = new Map(readTraces.all())
  }
  reload()

  function bury(trace: string, id: string): void {
    addTrace.run(trace, id)
    traces.set(trace, id)
  }

  /** Places of the records that go, and whose they are. */
  function ofSpans(bytes: Buffer): Map<number, string> {
    const cursor = new Cursor(bytes)
    const spans: { at: number; trace: string; id: string | null }[] = []
    const named = new Map<string, Set<string>>()
    eachSpan(bytes, (view) => {
      if (view.traceIdAt < 0) return
      const trace = bytes.toString('hex', view.traceIdAt, view.traceIdAt + 16)
      const id = view.linked ? sessionOf(attributesOf(view, cursor)) : null
      spans.push({ at: view.at, trace, id })
      if (id !== null) named.set(trace, (named.get(trace) ?? new Set()).add(id))
    })
    for (const [trace, all] of named) {
      const [first] = all
      const isOwn = first !== undefined && [...all].every((id) => ids.has(id)) && namesOthers.get(trace) === undefined
      if (isOwn && !traces.has(trace)) bury(trace, first)
    }
    const gone = new Map<number, string>()
    for (const { at, trace, id } of spans) {
      const whose = id !== null && ids.has(id) ? id : id === null ? traces.get(trace) : undefined
      if (whose !== undefined) gone.set(at, whose)
    }
    return gone
  }

  function ofLogs(bytes: Buffer): Map<number, string> {
    const gone = new Map<number, string>()
    eachLog(bytes, ({ at, attributes, traceId }) => {
      const id = sessionOf(attributes)
      const whose = id === null ? traces.get(traceId) : ids.has(id) ? id : undefined
      if (whose !== undefined) gone.set(at, whose)
    })
    return gone
  }

  function refused(sessionId: string, entries: number): void {
    if (entries > 0) count.run(entries, Date.now(), sessionId)
  }

  return {
    without(signal, bytes, note) {
      if (ids.size === 0 || signal === 'metrics') return bytes
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
      for (const id of added) {
        addId.run(id, added[0], Date.now())
        ids.add(id)
      }
      for (const id of added) for (const trace of own.all({ id })) bury(trace, id)
    },
    forget(id) {
      for (const statement of remove) statement.run(id)
      reload()
    },
    reload,
  }
}

/** The session that a record names, of Codex or of another application. */
function sessionOf(attributes: Attributes): string | null {
  return conversationOf(attributes) ?? text(attributes, 'gen_ai.conversation.id') ?? text(attributes, 'session.id')
}
