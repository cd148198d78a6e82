import type { ImportResult } from '../../contract/exchange.ts'
import type { Signal } from '../../model/signal.ts'
import { MalformedBody } from '../otlp/malformed.ts'
import { eachSpan } from '../otlp/wire/spans.ts'
import { Batch } from '../store/batch.ts'
import type { Db } from '../store/database.ts'
import { calledFrom } from '../queries/called.ts'
import { logIngester } from '../store/ingest-logs.ts'
import { spanIngester } from '../store/ingest-spans.ts'
import { origins } from '../store/origins.ts'
import { Intern } from '../store/intern.ts'
import { openTemporary } from '../store/temporary-database.ts'

export interface TouchedSessions {
  /** Sessions that were received and that the records of a request would add to, or say something of. */
  of(signal: Signal, bytes: Buffer): readonly string[]
  /** Those of these sessions that were received. */
  received(ids: readonly string[]): readonly string[]
  close(): void
}

/**
 * Reads a request as the store would, into a database that is thrown away: which sessions a record tells of is known to the
 * readers of records alone. What names no session adds to those whose traces and turns it names.
 */
export function touchedSessions(db: Db): TouchedSessions {
  const scratch = openTemporary()
  const intern = new Intern(scratch)
  const readers = { traces: spanIngester(scratch, intern), logs: logIngester(scratch, intern) }
  const ofTrace = db
    .prepare<[Uint8Array], string>(
      `SELECT conversation.id FROM trace JOIN trace_conversation ON trace_conversation.trace = trace.id
         JOIN conversation ON conversation.key = trace_conversation.conversation WHERE trace.trace_id = ?`,
    )
    .pluck()
  const ofTurn = db.prepare<[string], string>('SELECT session_id FROM turn_mention WHERE turn_id = ?').pluck()
  const received = db.prepare<object, number>(wasReceived).pluck()
  const known = new Map<string, boolean>()

  function isReceived(id: string): boolean {
    const found = known.get(id) ?? received.get({ id, traceId: traceOf(id), origin: origins.received }) === 1
    known.set(id, found)
    return found
  }

  function namedIn(signal: 'traces' | 'logs', bytes: Buffer): Set<string> {
    const batch = new Batch()
    try {
      readers[signal](1, bytes, batch, Date.now())
    } catch (error) {
      // It is refused, with its reason, when it is to be stored.
      if (!(error instanceof MalformedBody)) throw error
    }
    for (const table of ['span', 'span_link', 'trace_conversation', 'log']) scratch.exec(`DELETE FROM ${table}`)
    return new Set([...batch.touched, ...[...batch.touchedTurns].flatMap((turn) => ofTurn.all(turn))])
  }

  return {
    of(signal, bytes) {
      if (signal === 'metrics') return []
      const named = namedIn(signal, bytes)
      const traces = new Set<string>()
      if (signal === 'traces')
        eachSpan(bytes, ({ traceIdAt }) => {
          if (traceIdAt >= 0) traces.add(bytes.toString('hex', traceIdAt, traceIdAt + 16))
        })
      for (const trace of traces) for (const id of ofTrace.all(Buffer.from(trace, 'hex'))) named.add(id)
      return [...named].filter(isReceived)
    },
    received: (ids) => ids.filter(isReceived),
    close: () => {
      scratch.close()
    },
  }
}

/** For people, who know a session by its name. */
export function namedTouches(db: Db, ids: readonly string[]): ImportResult['touches'] {
  const calledOf = calledFrom(db)
  return ids.map((sessionId) => ({ sessionId, ...calledOf(sessionId) }))
}

/** Sessions of applications that name no conversation are called by their trace. */
function traceOf(id: string): Buffer | null {
  return /^[0-9a-f]{32}$/.test(id) ? Buffer.from(id, 'hex') : null
}

/** Of what retention has taken away only the session itself is left. */
const wasReceived = `SELECT EXISTS (SELECT 1 FROM session WHERE id = @id) AND (
  EXISTS (SELECT 1 FROM pruned_session WHERE session_id = @id)
  OR EXISTS (
    SELECT 1 FROM conversation JOIN log ON log.conversation = conversation.key JOIN body ON body.id = log.body
    WHERE conversation.id = @id AND body.origin = @origin)
  OR EXISTS (
    SELECT 1 FROM conversation JOIN trace_conversation ON trace_conversation.conversation = conversation.key
      JOIN span ON span.trace = trace_conversation.trace JOIN body ON body.id = span.body
    WHERE conversation.id = @id AND body.origin = @origin)
  OR EXISTS (
    SELECT 1 FROM trace JOIN span ON span.trace = trace.id JOIN body ON body.id = span.body
    WHERE trace.trace_id = @traceId AND body.origin = @origin))`
