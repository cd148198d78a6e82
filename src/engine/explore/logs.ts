import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { text as textOf } from '../../model/attributes.ts'
import { wordsOfLog } from '../../model/log-words.ts'
import { bucketsOf } from '../panels/cut.ts'
import { mentions, severityName } from '../queries/logs.ts'
import type { LogReader } from '../queries/logs-read.ts'
import type { Db } from '../store/database.ts'
import { facetsOf, type FacetCell } from './log-facets.ts'
import { nanosecondsOf } from './range.ts'
import { conversationsAmong } from './sessions-among.ts'

/** A page takes about this long; where words are rare, it ends before it is full and says how far back it has looked. */
const budgetMs = 400

interface FoundLog {
  readonly id: number
  readonly timeNs: string
  readonly timeMs: number
  readonly nameId: number
  readonly event: string
  readonly severity: number
  readonly sessionId: string | null
  readonly service: string
  readonly body: number
  readonly at: number
}

/** What narrows a list of logs besides the time; the index `log_time` holds both, but not the conversation. */
const narrowed = `severity >= @minSeverity
  AND (@events IS NULL OR log.name IN (SELECT id FROM name WHERE text IN (SELECT value FROM json_each(@events))))
  AND (@conversations IS NULL OR log.conversation IN (SELECT value FROM json_each(@conversations)))`

function bounds(
  db: Db,
  { fromMs, toMs, filters }: ParsedParams<'explore.logFacets'>,
  silenceMs: number,
): Record<string, unknown> {
  const range = { fromMs, toMs }
  return { ...nanosecondsOf(range), conversations: conversationsAmong(db, filters, range, silenceMs) }
}

export function exploreLogs(
  db: Db,
  logs: LogReader,
  params: ParsedParams<'explore.logs'>,
  silenceMs: number,
): Value<'explore.logs'> {
  const { events, minSeverity, text, attributes, after, limit } = params
  const bound = {
    ...bounds(db, params, silenceMs),
    minSeverity,
    events: events === undefined ? null : JSON.stringify(events),
  }
  const place = after === undefined ? null : cursorOf(after)
  const rows = db
    .prepare<object, FoundLog>(
      `SELECT log.id, CAST(time_ns AS TEXT) AS timeNs, time_ns / 1e6 AS timeMs, log.name AS nameId, name.text AS event,
         severity,
         (SELECT id FROM session WHERE id = conversation.id) AS sessionId, client.service, log.body, log.at
       FROM log JOIN name ON name.id = log.name JOIN body ON body.id = log.body JOIN client ON client.id = body.client
         LEFT JOIN conversation ON conversation.key = log.conversation
       WHERE time_ns >= @from AND time_ns < @to AND ${narrowed} ${place === null ? '' : 'AND (time_ns, log.name, severity, log.id) < (CAST(@time AS INTEGER), @name, @level, @id)'}
       ORDER BY time_ns DESC, log.name DESC, severity DESC, log.id DESC`,
    )
    .iterate({ ...bound, ...place })
  const words = text.trim().toLowerCase()
  const found: FoundLog[] = []
  const until = performance.now() + budgetMs
  let last: FoundLog | null = null
  let isEnd = true
  for (const row of rows) {
    // A page looks at one record at least: the first may take all of its time, and behind none there is no place to go on from.
    if (found.length >= limit || (last !== null && performance.now() > until)) {
      isEnd = false
      break
    }
    last = row
    if (fits(row)) found.push(row)
  }
  return {
    logs: found.map((row) => describe(logs, row)),
    next: isEnd || last === null ? null : [last.timeNs, last.nameId, last.severity, last.id].join(':'),
    lookedBackToMs: isEnd || last === null ? params.fromMs : last.timeMs,
  }

  function fits(row: FoundLog): boolean {
    if (words === '' && attributes.length === 0) return true
    const known = logs.attributes(row)
    if (known === null) return false
    const hasWords =
      words === '' ||
      row.event.toLowerCase().includes(words) ||
      mentions(known, words) ||
      logs.body(row).toLowerCase().includes(words)
    return hasWords && attributes.every(({ key, value }) => textOf(known, key) === value)
  }
}

function cursorOf(after: string): Record<string, unknown> {
  const [time, ...rest] = after.split(':')
  const [name, level, id] = rest.map(Number)
  if (
    time === undefined ||
    !/^\d{1,19}$/.test(time) ||
    rest.length !== 3 ||
    !rest.every((part) => /^\d{1,15}$/.test(part))
  )
    throw new ProcedureError('bad_request', 'after: not a position in this list')
  return { time, name, level, id }
}

function describe(logs: LogReader, row: FoundLog): Value<'explore.logs'>['logs'][number] {
  const { timeMs, event, service, sessionId } = row
  const attributes = logs.attributes(row)
  const summary = attributes === null ? '' : wordsOfLog(event, attributes, logs.body(row))
  return {
    ref: `log:${row.body}:${row.at}`,
    timeMs,
    event,
    severity: severityName(row.severity),
    service,
    sessionId,
    summary,
  }
}

export function logFacets(
  db: Db,
  params: ParsedParams<'explore.logFacets'>,
  silenceMs: number,
): Value<'explore.logFacets'> {
  const { minSeverity } = params
  const range = bounds(db, params, silenceMs)
  const buckets = bucketsOf(params)
  const bound = { ...range, minSeverity, events: null, edges: JSON.stringify(buckets.edgesMs) }
  const cells = db
    .prepare<object, FacetCell>(
      `WITH bucket AS (
         SELECT value AS at_ms, max(value * 1000000, @from) AS first,
           min(coalesce(lead(value) OVER (ORDER BY value), 0) * 1000000, @to) AS end
         FROM json_each(@edges))
       SELECT at_ms, name.text, severity, sum(logs) FROM (
         SELECT at_ms, log.name AS named, severity, count(*) AS logs
         FROM bucket CROSS JOIN log ON time_ns >= bucket.first AND time_ns < bucket.end
         WHERE ${narrowed} GROUP BY 1, 2, 3)
       JOIN name ON name.id = named GROUP BY 1, 2, 3 ORDER BY 1`,
    )
    .raw()
    .all(bound)
  return facetsOf(cells, buckets)
}
