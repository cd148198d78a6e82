import type { Value } from '../../contract/index.ts'
import type { RecordRef, SessionTurn, TurnEntry } from '../../contract/turns.ts'
import { text } from '../../model/attributes.ts'
import { linkKinds } from '../../model/codex/spans/index.ts'
import { entriesOf, type EntrySource } from '../../model/ledger/turn-entries.ts'
import { words } from '../../model/genai/words.ts'
import { buildTree } from '../../model/tree/build.ts'
import { ownMs } from '../../model/tree/row.ts'
import type { SessionFacts } from '../../model/tree/facts.ts'
import type { Db } from '../store/database.ts'
import { changesByTurn } from './changed-files.ts'
import { logPlaces, type LogReader } from './logs-read.ts'
import { readTreeFacts } from './tree-facts.ts'
import { noSpans } from './tree-spans.ts'

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
export function sessionTurns(db: Db, logs: LogReader, id: string, silenceMs: number): Value<'session.turns'> {
  const { facts, base } = readTreeFacts(db, id, silenceMs)
  const session = facts.sessions[0] as SessionFacts
  // Rows come from facts: how many raw spans each stands for does not matter here.
  const tree = buildTree(facts, noSpans())
  const refOf = references(db, id, base)
  const entries = [
    ...prompts(db, logs, session),
    ...responses(db, logs, session),
    ...entriesOf(facts, session, tree.rows).map(({ source, ...entry }) => ({
      ...entry,
      ref: source === null ? null : refOf(source),
    })),
  ].sort((a, b) => a.timeMs - b.timeMs || order.indexOf(a.kind) - order.indexOf(b.kind))
  const rows = tree.rows.filter(({ kind, sessionId }) => kind === 'turn' && sessionId === session.id)
  const changes = changesByTurn(db, session.id)
  const changesOf = (id: string | null): Pick<SessionTurn, 'changes'> => {
    const of = id === null ? undefined : changes.get(id)
    return of === undefined ? {} : { changes: of }
  }
  const turns = rows.map((row, i): SessionTurn => ({
    number: session.turns[i]?.number ?? i + 1,
    turnId: row.turnId,
    rowId: row.id,
    startMs: row.startMs,
    durationMs: ownMs(row),
    status: row.status,
    note: row.note,
    ...changesOf(row.turnId),
    entries: [],
  }))
  for (const entry of entries) {
    const turn = turns.findLast(({ startMs }) => startMs <= entry.timeMs + slackMs) ?? turns[0]
    turn?.entries.push(entry.rowId === null && entry.kind === 'prompt' ? { ...entry, rowId: turn.rowId } : entry)
  }
  return { turns }
}

/** The whole text from the raw record while that is there, else what is kept of it. */
function prompts(db: Db, logs: LogReader, { id }: SessionFacts): TurnEntry[] {
  const places = new Map(logPlaces(db, id, 'codex.user_prompt').map((place) => [place.timeNs, place]))
  const rows = db
    .prepare<[string], { timeNs: string; timeMs: number; length: number | null; kept: string | null; witness: string }>(
      `SELECT CAST(at_ns AS TEXT) AS timeNs, at_ns / 1e6 AS timeMs, length, text AS kept, witness
       FROM prompt WHERE session_id = ? ORDER BY at_ns`,
    )
    .all(id)
  return rows.map(({ timeNs, timeMs, length, kept, witness }) => {
    const place = places.get(timeNs)
    const attributes = place === undefined || kept === null ? null : logs.attributes(place)
    const whole = attributes === null ? null : text(attributes, 'prompt')
    const figures = length === null ? [] : [{ name: 'characters', value: length.toLocaleString('en') }]
    const words = { title: 'prompt', summary: whole ?? kept ?? '', figures, status: 'ok' as const }
    const told: RecordRef = { kind: 'log', sessionId: id, timeNs, event: 'codex.user_prompt' }
    const ref = witness === 'file' ? null : told
    return { kind: 'prompt', timeMs, durationMs: null, atMost: false, ...words, depth: 0, rowId: null, ref }
  })
}

/** Logs of answers: Codex writes its own only where `otel.log_agent_responses` is on, Claude Code where prompts are logged. */
const answerEvents = ['codex.agent_response', 'assistant_response', 'claude_code.assistant_response']

function responses(db: Db, logs: LogReader, session: SessionFacts): TurnEntry[] {
  return answerEvents.flatMap((event) => responsesIn(db, logs, session, event))
}

function responsesIn(db: Db, logs: LogReader, { id }: SessionFacts, event: string): TurnEntry[] {
  return logPlaces(db, id, event).flatMap((place): TurnEntry[] => {
    const attributes = logs.attributes(place)
    const response = attributes === null ? null : words(attributes, 'response')
    if (attributes === null || response === null) return []
    const length = text(attributes, 'response_length')
    return [
      {
        kind: 'response',
        timeMs: Number(place.timeNs) / 1e6,
        durationMs: null,
        atMost: false,
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
function references(db: Db, sessionId: string, base: bigint): (source: EntrySource) => RecordRef | null {
  let spans: SpanRefs | null = null
  return (source) => {
    if (source.kind === 'log')
      return { kind: 'log', sessionId, timeNs: String(base + BigInt(source.at)), event: source.event }
    spans ??= spanRefs(db, sessionId)
    const ref = source.kind === 'span' ? spans.bySpan.get(source.spanId) : spans.byCall.get(source.callId)
    return ref ?? null
  }
}

interface SpanRefs {
  readonly bySpan: ReadonlyMap<string, RecordRef>
  readonly byCall: ReadonlyMap<string, RecordRef>
}

function spanRefs(db: Db, sessionId: string): SpanRefs {
  const rows = db
    .prepare<[string], { traceId: string; spanId: string; callId: string | null }>(
      `SELECT lower(hex(trace.trace_id)) AS traceId, printf('%016x', span_link.span_id) AS spanId, call_id AS callId
       FROM trace_conversation
       JOIN span_link ON span_link.trace = trace_conversation.trace
       JOIN trace ON trace.id = span_link.trace
       WHERE trace_conversation.conversation = (SELECT key FROM conversation WHERE id = ?)
         AND span_link.kind IN (${linkKinds.tool}, ${linkKinds.compaction}, ${linkKinds.round})`,
    )
    .all(sessionId)
  const refs = rows.map(({ traceId, spanId, callId }) => ({ callId, ref: { kind: 'span', traceId, spanId } as const }))
  return {
    bySpan: new Map(refs.map(({ ref }) => [ref.spanId, ref])),
    byCall: new Map(refs.flatMap(({ callId, ref }) => (callId === null ? [] : [[callId, ref] as const]))),
  }
}
