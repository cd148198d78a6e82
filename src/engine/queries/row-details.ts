import type { RowDetails } from '../../contract/tree.ts'
import { text, type Attributes } from '../../model/attributes.ts'
import { misreadOfEvent } from '../../model/codex/events/index.ts'
import type { Said } from '../../model/genai/said.ts'
import type { AppStep } from '../../model/genai/session.ts'
import { appCallOf, appStepOf } from '../../model/tree/app-rows.ts'
import { describeRow } from '../../model/tree/describe.ts'
import type { TreeRow } from '../../model/tree/row.ts'
import type { Db } from '../store/database.ts'
import { appRecords, type AppItem } from './app-records.ts'
import type { RecordReader } from './records.ts'
import { attributesOf, mostLogs, mostRead, rowLog, type RowLog } from './row-log.ts'
import { findRow, type LoadedTree } from './session-tree.ts'

/** A log is written up to this long after the span that it belongs to has ended. */
const slackMs = 5

export function rowDetails(db: Db, records: RecordReader, loaded: LoadedTree, rowId: string): RowDetails {
  const { row, index } = findRow(loaded, rowId)
  const own = appItemOf(loaded, row, index)
  const app = own === null ? null : appRecords(db, records, loaded, own)
  // A turn's row shows all that was written in its time; what it says is said by its prompt.
  const logs = app === null || row.kind === 'turn' ? logsOfRow(db, records, row) : app.logs
  const said = app?.said ?? saidOfCodex(row, logs)
  return {
    row,
    fields: [...describeRow(loaded.facts, row), ...misreadOf(logs)],
    ...{
      ...said,
      arguments: said.arguments ?? summaryOf(own, 'tool'),
      prompt: said.prompt ?? summaryOf(own, 'prompt'),
    },
    logs,
    span: spanOfRow(db, records, loaded, row, index),
  }
}

/** The call or step of an application that a row stands for; of a turn its prompt or agent. */
function appItemOf({ facts }: LoadedTree, row: TreeRow, index: number): AppItem | null {
  const app = facts.sessions.find(({ id }) => id === row.sessionId)?.app
  if (app === undefined) return null
  if (row.kind === 'turn') {
    const item = app.steps.find(({ kind, spanId }) => kind !== 'tool' && spanId === row.turnId)
    return item === undefined ? null : { sessionId: row.sessionId, app, item, index: null }
  }
  const item = appCallOf(app, row) ?? appStepOf(app, row)
  return item === undefined ? null : { sessionId: row.sessionId, app, item, index }
}

/** What is kept of it, where its records are gone. */
function summaryOf(own: AppItem | null, kind: AppStep['kind']): string | null {
  return own !== null && 'kind' in own.item && own.item.kind === kind ? own.item.summary : null
}

function saidOfCodex(row: TreeRow, logs: readonly RowLog[]): Said {
  const wordsIn = (kind: TreeRow['kind'], event: string, key: string): string | null => {
    const log = row.kind === kind ? logs.find((candidate) => candidate.event === event) : undefined
    return log === undefined ? null : text(attributesOf(log.raw), key)
  }
  return {
    prompt: wordsIn('turn', 'codex.user_prompt', 'prompt'),
    arguments: wordsIn('tool_call', 'codex.tool_result', 'arguments'),
    output: wordsIn('tool_call', 'codex.tool_result', 'output'),
  }
}

/** Values of its records that were meant to be counts. */
function misreadOf(logs: readonly RowLog[]): RowDetails['fields'] {
  return logs.flatMap(({ event, raw }) => {
    const attributes = attributesOf(raw)
    return misreadOfEvent(event, attributes).map((key) => ({
      name: 'not understood',
      value: `${key} is ${JSON.stringify(attributes[key]).slice(0, 60)}, which is not a count and adds to nothing`,
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

function logsOfRow(db: Db, records: RecordReader, row: TreeRow): RowLog[] {
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
    if (row.kind === 'api_call' && !modelEvents.has(found.name)) continue
    const whole = records.log(found.body, found.at)
    if (!belongs(row, found.name, attributesOf(whole))) continue
    logs.push(rowLog(found, whole))
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
function belongs(row: TreeRow, event: string, attributes: Attributes): boolean {
  if (row.kind === 'tool_call')
    return text(attributes, 'call_id') === row.callId || text(attributes, 'item.id') === row.callId
  return event !== 'codex.sse_event' || text(attributes, 'event.kind')?.endsWith('.delta') !== true
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
  hook: new Set(['other']),
}
