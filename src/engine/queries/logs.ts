import type { ParsedParams, Value } from '../../contract/index.ts'
import type { LogRow } from '../../contract/logs.ts'
import { ProcedureError } from '../../contract/result.ts'
import { text, type Attributes } from '../../model/attributes.ts'
import { wordsOfLog } from '../../model/log-words.ts'
import type { Db } from '../store/database.ts'
import { familyOf } from './ledger-family.ts'
import type { LogPlace, LogReader } from './logs-read.ts'
import type { RecordReader } from './records.ts'

/** How many records one question looks at, and how many of them it decodes. */
interface LogLimits {
  readonly read: number
  readonly decoded: number
}

/** About a second's work. */
const defaultLimits: LogLimits = { read: 200_000, decoded: 100_000 }

interface FoundLog extends LogPlace {
  readonly timeMs: number
  readonly timeNs: string
  readonly severity: number
  readonly event: string
  readonly sessionId: string
}

export function sessionLogs(
  db: Db,
  logs: LogReader,
  params: ParsedParams<'session.logs'>,
  limits: LogLimits = defaultLimits,
): Value<'session.logs'> {
  const { events, offset, limit } = params
  const { fitting, truncated } = findLogs(db, logs, params, limits)
  const counts = new Map<string, number>()
  for (const { event } of fitting) counts.set(event, (counts.get(event) ?? 0) + 1)
  const asked = events === undefined ? null : new Set(events)
  const listed = asked === null ? fitting : fitting.filter(({ event }) => asked.has(event))
  return {
    total: listed.length,
    logs: listed.slice(offset, offset + limit).map((found) => describe(logs, found)),
    facets: [...counts]
      .map(([event, count]) => ({ event, count }))
      .sort((a, b) => b.count - a.count || (a.event < b.event ? -1 : 1)),
    truncated,
  }
}

/** What fits all that is asked, but for the choice of events. */
function findLogs(
  db: Db,
  logs: LogReader,
  { id, helpers, deltas, search, fromMs, toMs }: ParsedParams<'session.logs'>,
  limits: LogLimits,
): { fitting: FoundLog[]; truncated: boolean } {
  const family = familyOf(db, id)
  const rows = db
    .prepare<object, FoundLog>(
      `SELECT log.body, log.at, time_ns / 1e6 AS timeMs, CAST(time_ns AS TEXT) AS timeNs, severity, name.text AS event,
         conversation.id AS sessionId
       FROM log JOIN conversation ON conversation.key = log.conversation JOIN name ON name.id = log.name
       WHERE log.conversation IN (SELECT key FROM conversation WHERE id IN (SELECT value FROM json_each(@ids)))
         AND (@fromMs IS NULL OR time_ns >= @fromMs * 1e6) AND (@toMs IS NULL OR time_ns < @toMs * 1e6)
       ORDER BY time_ns, log.id LIMIT ${limits.read + 1}`,
    )
    .iterate({ ids: JSON.stringify(helpers ? family : [id]), fromMs: fromMs ?? null, toMs: toMs ?? null })
  const words = search?.trim().toLowerCase() ?? ''
  const fitting: FoundLog[] = []
  let read = 0
  let decoded = 0
  for (const row of rows) {
    const mayBeDelta = !deltas && row.event === 'codex.sse_event'
    const isDecoded = mayBeDelta || words !== ''
    if (++read > limits.read || (isDecoded && ++decoded > limits.decoded)) return { fitting, truncated: true }
    const attributes = isDecoded ? logs.attributes(row) : null
    if (mayBeDelta && attributes !== null && isDelta(attributes)) continue
    if (words === '' || row.event.toLowerCase().includes(words) || (attributes !== null && mentions(attributes, words)))
      fitting.push(row)
  }
  return { fitting, truncated: false }
}

function isDelta(attributes: Attributes): boolean {
  return text(attributes, 'event.kind')?.endsWith('.delta') === true
}

/** Whether a key or value holds the words, which are lower case. */
export function mentions(attributes: Attributes, words: string): boolean {
  return Object.entries(attributes).some(([key, value]) => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value)
    return key.toLowerCase().includes(words) || shown.toLowerCase().includes(words)
  })
}

function describe(logs: LogReader, found: FoundLog): LogRow {
  const { timeMs, timeNs, event, sessionId } = found
  const attributes = logs.attributes(found)
  const summary = attributes === null ? '' : wordsOfLog(event, attributes, logs.body(found))
  return { timeMs, timeNs, event, severity: severityName(found.severity), summary, sessionId, ...logs.ids(found) }
}

/** Ranges of OTLP's severity numbers. */
export function severityName(severity: number): string {
  if (severity === 0) return ''
  return ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'][Math.floor((severity - 1) / 4)] ?? ''
}

export function findRecord(
  db: Db,
  records: RecordReader,
  { sessionId, timeNs, event }: ParsedParams<'record.get'>,
): Value<'record.get'> {
  const places = db
    .prepare<[string, string, string], LogPlace>(
      `SELECT body, at FROM log
       WHERE conversation = (SELECT key FROM conversation WHERE id = ?) AND time_ns = CAST(? AS INTEGER)
         AND name = (SELECT id FROM name WHERE text = ?) ORDER BY id LIMIT 20`,
    )
    .all(sessionId, timeNs, event)
  if (places.length === 0)
    throw new ProcedureError('not_found', `no record ${event} at ${timeNs} in session ${sessionId}`)
  return { records: places.map(({ body, at }) => records.log(body, at)) }
}
