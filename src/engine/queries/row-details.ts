import type { RowDetails } from '../../contract/tree.ts'
import { text } from '../../model/attributes.ts'
import { misreadOfEvent, summaryOfEvent } from '../../model/codex/events/index.ts'
import { saidIn } from '../../model/genai/said.ts'
import type { AppCall, AppStep } from '../../model/genai/session.ts'
import { appCallOf, appStepOf } from '../../model/tree/app-rows.ts'
import { describeRow } from '../../model/tree/describe.ts'
import type { TreeRow } from '../../model/tree/row.ts'
import { attributesToObject } from '../otlp/to-json.ts'
import type { Db } from '../store/database.ts'
import type { RecordReader, WholeRecord } from './records.ts'
import { findRow, type LoadedTree } from './session-tree.ts'

type RowLog = RowDetails['logs'][number]

/** Enough for the longest list that is read at once; a turn's streamed deltas are left out before this counts. */
const mostLogs = 200
/** How many records are looked through for them. */
const mostRead = 4000
/** A log is written up to this long after the span that it belongs to has ended. */
const slackMs = 5

export function rowDetails(db: Db, records: RecordReader, loaded: LoadedTree, rowId: string): RowDetails {
  const { row, index } = findRow(loaded, rowId)
  const app = loaded.facts.sessions.find(({ id }) => id === row.sessionId)?.app
  const step = app === undefined ? undefined : appStepOf(app, row)
  const source = app === undefined ? undefined : (appCallOf(app, row) ?? step)
  const logs = logsOfRow(db, records, row, source)
  const attributesOf = (event: string): ReturnType<typeof attributesToObject> | null => {
    const log = logs.find((candidate) => candidate.event === event)
    return log === undefined ? null : attributesToObject(recordOf(log.raw).attributes)
  }
  const result = row.kind === 'tool_call' ? attributesOf('codex.tool_result') : null
  const prompt = row.kind === 'turn' ? attributesOf('codex.user_prompt') : null
  const span = spanOfRow(db, records, loaded, row, index)
  const told = source === undefined ? [] : [...logs.map(({ raw }) => raw), ...(span === null ? [] : [span])]
  const said = saidIn(told.map((record) => attributesToObject(recordOf(record).attributes)))
  return {
    row,
    fields: [...describeRow(loaded.facts, row), ...misreadOf(logs)],
    arguments: result === null ? (said.arguments ?? step?.summary ?? null) : text(result, 'arguments'),
    output: result === null ? said.output : text(result, 'output'),
    prompt: prompt === null ? said.prompt : text(prompt, 'prompt'),
    logs,
    span,
  }
}

/** Values of its records that were meant to be counts. */
function misreadOf(logs: readonly RowLog[]): RowDetails['fields'] {
  return logs.flatMap(({ event, raw }) => {
    const attributes = attributesToObject(recordOf(raw).attributes)
    return misreadOfEvent(event, attributes).map((key) => ({
      name: 'not understood',
      value: `${key} is ${JSON.stringify(attributes[key]).slice(0, 60)}, which is no count and adds to nothing`,
    }))
  })
}

interface LogRow {
  timeMs: number
  severity: number
  name: string
  body: number
  at: number
}

function logsOfRow(db: Db, records: RecordReader, row: TreeRow, source: AppCall | AppStep | undefined): RowLog[] {
  const until = row.durationMs === null ? Number.MAX_SAFE_INTEGER : row.startMs + row.durationMs + slackMs
  const rows = db
    .prepare<object, LogRow>(
      `SELECT time_ns / 1e6 AS timeMs, severity, name.text AS name, body, at FROM log JOIN name ON name.id = log.name
       WHERE conversation = (SELECT key FROM conversation WHERE id = @id)
         AND time_ns >= CAST(@from * 1e6 AS INTEGER) AND time_ns <= CAST(@until * 1e6 AS INTEGER)
       ORDER BY time_ns, log.id LIMIT ${mostRead}`,
    )
    .iterate({ id: row.sessionId, from: row.startMs - slackMs, until: Math.min(until, 9.2e12) })
  const logs: RowLog[] = []
  for (const found of rows) {
    if (row.kind === 'api_call' && source === undefined && !modelEvents.has(found.name)) continue
    const whole = records.log(found.body, found.at)
    const attributes = attributesToObject(recordOf(whole).attributes)
    const isOwn =
      source === undefined ? belongs(row, found.name, attributes) : isOf(source, row, found, recordOf(whole))
    if (!isOwn) continue
    logs.push({
      timeMs: found.timeMs,
      event: found.name,
      summary: summaryOfEvent(found.name, attributes).slice(0, 300),
      severity: severityName(found.severity),
      raw: whole,
    })
    if (logs.length >= mostLogs) break
  }
  return logs
}

const modelEvents = new Set([
  'codex.api_request',
  'codex.websocket_connect',
  'codex.websocket_request',
  'codex.sse_event',
  'codex.turn_ttft',
])

/** A call's logs are those that name it; other rows have all of their time, without the streamed deltas. */
function belongs(row: TreeRow, event: string, attributes: ReturnType<typeof attributesToObject>): boolean {
  if (row.kind === 'tool_call')
    return text(attributes, 'call_id') === row.callId || text(attributes, 'item.id') === row.callId
  return event !== 'codex.sse_event' || text(attributes, 'event.kind')?.endsWith('.delta') !== true
}

/** Of an application's call: the log that it is known from, and those that were written within its span. */
function isOf({ event, spanId }: AppCall | AppStep, row: TreeRow, log: LogRow, record: LogRecord): boolean {
  if (event === null) return record.spanId === spanId
  return log.name === event && Math.abs(log.timeMs - row.startMs - (row.durationMs ?? 0)) < 0.01
}

interface LogRecord {
  readonly attributes?: Parameters<typeof attributesToObject>[0]
  readonly spanId?: string
}

function recordOf(whole: unknown): LogRecord {
  return (whole as WholeRecord).record as LogRecord
}

/** Ranges of OTLP's severity numbers. */
function severityName(severity: number): string {
  if (severity === 0) return ''
  return ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'][Math.floor((severity - 1) / 4)] ?? ''
}

/** The span that a row is named after, else the longest that is folded into it. */
function spanOfRow(db: Db, records: RecordReader, { spans, tree }: LoadedTree, row: TreeRow, index: number): unknown {
  let best = -1
  let bestScore = -1
  tree.rowOfSpan.forEach((of, span) => {
    if (of !== index) return
    const isNamed = namingKinds[row.kind]?.has(spans.links.get(span)?.kind ?? '') === true
    const score = (isNamed ? 1e18 : 0) + (spans.end[span] ?? 0) - (spans.start[span] ?? 0)
    if (score > bestScore) {
      best = span
      bestScore = score
    }
  })
  if (best < 0) return null
  const place = db
    .prepare<[number, number, number], { body: number; at: number }>(
      'SELECT body, at FROM span WHERE trace = ? AND span_id = (? << 32) | ?',
    )
    .get(spans.trace[best] ?? 0, spans.idHigh[best] ?? 0, spans.idLow[best] ?? 0)
  return place === undefined ? null : records.span(place.body, place.at)
}

const namingKinds: Partial<Record<TreeRow['kind'], ReadonlySet<string>>> = {
  session_loop: new Set(['loop']),
  turn: new Set(['turn']),
  api_call: new Set(['round']),
  tool_call: new Set(['tool']),
  compaction: new Set(['compaction']),
}
