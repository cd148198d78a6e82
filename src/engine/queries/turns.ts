import type { Value } from '../../contract/index.ts'
import type { RecordRef, SessionTurn, TurnEntry } from '../../contract/turns.ts'
import { text } from '../../model/attributes.ts'
import { entriesOf, type EntrySource } from '../../model/ledger/turn-entries.ts'
import type { SessionFacts } from '../../model/tree/facts.ts'
import type { Db } from '../store/database.ts'
import { logPlaces, type LogReader } from './logs-read.ts'
import type { LoadedTree } from './session-tree.ts'

/** Entries of one moment stand in this order. */
const order: readonly TurnEntry['kind'][] = [
  'prompt',
  'compaction',
  'api_call',
  'error',
  'tool_call',
  'decision',
  'helper',
  'response',
]

/** A prompt's log is written a little before the span of its turn begins. */
const slackMs = 2

/** The turns of one session, and in each what happened, in order. */
export function sessionTurns(db: Db, logs: LogReader, loaded: LoadedTree): Value<'session.turns'> {
  const { facts, tree } = loaded
  const session = facts.sessions[0] as SessionFacts
  const refOf = references(db, loaded, session)
  const entries = [
    ...prompts(db, logs, session, facts.baseMs),
    ...responses(db, logs, session),
    ...entriesOf(facts, session, tree.rows).map(({ source, ...entry }) => ({
      ...entry,
      ref: source === null ? null : refOf(source),
    })),
  ].sort((a, b) => a.timeMs - b.timeMs || order.indexOf(a.kind) - order.indexOf(b.kind))
  const rows = tree.rows.filter(({ kind, sessionId }) => kind === 'turn' && sessionId === session.id)
  const turns = rows.map((row, i): SessionTurn => ({
    number: session.turns[i]?.number ?? i + 1,
    turnId: row.turnId,
    rowId: row.id,
    startMs: row.startMs,
    durationMs: row.durationMs,
    status: row.status,
    entries: [],
  }))
  for (const entry of entries) {
    const turn = turns.findLast(({ startMs }) => startMs <= entry.timeMs + slackMs) ?? turns[0]
    turn?.entries.push(entry.rowId === null && entry.kind === 'prompt' ? { ...entry, rowId: turn.rowId } : entry)
  }
  return { turns }
}

/** The whole text from the raw record while that is there, else what is kept of it. */
function prompts(db: Db, logs: LogReader, { id }: SessionFacts, baseMs: number): TurnEntry[] {
  const places = new Map(logPlaces(db, id, 'codex.user_prompt').map((place) => [place.timeNs, place]))
  const rows = db
    .prepare<[string], { timeNs: string; timeMs: number; length: number | null; kept: string | null }>(
      `SELECT CAST(at_ns AS TEXT) AS timeNs, at_ns / 1e6 AS timeMs, length, text AS kept
       FROM prompt WHERE session_id = ? ORDER BY at_ns`,
    )
    .all(id)
  return rows.map(({ timeNs, timeMs, length, kept }) => {
    const place = places.get(timeNs)
    const attributes = place === undefined || kept === null ? null : logs.attributes(place)
    const whole = attributes === null ? null : text(attributes, 'prompt')
    const figures = length === null ? [] : [{ name: 'characters', value: length.toLocaleString('en') }]
    const words = { title: 'prompt', summary: whole ?? kept ?? '', figures, status: 'ok' as const }
    const ref: RecordRef = { kind: 'log', sessionId: id, timeNs, event: 'codex.user_prompt' }
    return { kind: 'prompt', timeMs: Math.max(baseMs, timeMs), durationMs: null, ...words, depth: 0, rowId: null, ref }
  })
}

/** Codex logs its final answers only where `otel.log_agent_responses` is on. */
function responses(db: Db, logs: LogReader, { id }: SessionFacts): TurnEntry[] {
  const event = 'codex.agent_response'
  return logPlaces(db, id, event).flatMap((place): TurnEntry[] => {
    const attributes = logs.attributes(place)
    const response = attributes === null ? null : text(attributes, 'response')
    if (attributes === null || response === null) return []
    const length = text(attributes, 'response_length')
    return [
      {
        kind: 'response',
        timeMs: Number(place.timeNs) / 1e6,
        durationMs: null,
        title: 'response',
        summary: response,
        figures: length === null ? [] : [{ name: 'characters', value: length }],
        status: 'ok',
        depth: 0,
        rowId: null,
        ref: { kind: 'log', sessionId: id, timeNs: place.timeNs, event },
      },
    ]
  })
}

/** Turns what the model knows a record by into what it is asked for by: exact Unix nanoseconds, or the ids of a span. */
function references(db: Db, { facts, spans }: LoadedTree, session: SessionFacts): (source: EntrySource) => RecordRef | null {
  const ids = JSON.stringify(facts.sessions.map(({ id }) => id))
  const base = BigInt(
    db
      .prepare<[string], string>(
        'SELECT CAST(min(first_ns) AS TEXT) FROM session WHERE id IN (SELECT value FROM json_each(?))',
      )
      .pluck()
      .get(ids) ?? '0',
  )
  const traceOf = db.prepare<[number], Buffer>('SELECT trace_id FROM trace WHERE id = ?').pluck()
  const byCall = new Map<string, number>()
  const bySpan = new Map<string, number>()
  for (const [span, link] of spans.links) {
    bySpan.set(link.spanId, span)
    if (link.kind === 'tool' && link.callId !== null) byCall.set(link.callId, span)
  }
  return (source) => {
    if (source.kind === 'log')
      return { kind: 'log', sessionId: session.id, timeNs: String(base + BigInt(source.at)), event: source.event }
    const span = source.kind === 'span' ? bySpan.get(source.spanId) : byCall.get(source.callId)
    const link = span === undefined ? undefined : spans.links.get(span)
    if (span === undefined || link === undefined) return null
    const traceId = traceOf.get(spans.trace[span] ?? 0)?.toString('hex')
    return traceId === undefined ? null : { kind: 'span', traceId, spanId: link.spanId }
  }
}
