import type { ParsedParams, Value } from '../../contract/index.ts'
import { attributesToObject } from '../../engine/otlp/to-json.ts'
import { bucketsOf } from '../../engine/panels/cut.ts'
import { severityName } from '../../engine/queries/logs.ts'
import { facetsOf, type FacetCell } from '../../engine/explore/log-facets.ts'
import { wordsOfLog } from '../../model/log-words.ts'
import type { Params } from '../connection.ts'
import { asParams } from '../records/bounds.ts'
import type { RawTable } from '../records/generation.ts'
import { logColumns, type LogRow } from '../records/logs.ts'
import { restoreAttributes } from '../records/restore.ts'
import { conversation, within } from '../records/spelling.ts'
import { attributeText, hasPairs, holds } from './holding.ts'
import { logNameOf } from './log-name.ts'
import { backFrom, pageBack, type Placed } from './page-back.ts'
import { rangeNs } from './range.ts'
import { logRef } from './refs.ts'
import { rawTable, readable, type ExploreStore } from './store.ts'

/** Tells the records of one moment apart; one that was delivered twice is one. */
export const logOrder =
  'cityHash64(TraceId, SpanId, SeverityNumber, Body, toString(LogAttributes), toString(ResourceAttributes))'

export interface FoundLog extends LogRow, Placed {
  readonly named: string
  readonly conversation: string
  readonly service: string
}

type Choice = Pick<ParsedParams<'explore.logs'>, 'fromMs' | 'toMs' | 'filters' | 'minSeverity' | 'events'>

interface Narrowed {
  readonly sql: readonly string[]
  readonly params: Params
}

async function narrowed(
  { sessions, database }: ExploreStore,
  logs: RawTable,
  { fromMs, toMs, filters, minSeverity, events }: Choice,
): Promise<Narrowed> {
  const among = await sessions.among(filters, { fromMs, toMs })
  return {
    sql: [
      'SeverityNumber >= {minSeverity:Int32}',
      ...(events === undefined ? [] : [`${logNameOf(logs)} IN {events:Array(String)}`]),
      ...(among === null ? [] : [among.sql(conversation(logs, 'LogAttributes'))]),
    ],
    params: { rawDatabase: database, minSeverity, ...(events === undefined ? {} : { events }), ...among?.params },
  }
}

export interface LogsAsked extends Choice {
  readonly text: string
  readonly attributes: ParsedParams<'explore.logs'>['attributes']
  readonly after?: string | undefined
  readonly limit: number
}

/** A page of log records, the newest first. */
export async function findLogs(store: ExploreStore, asked: LogsAsked) {
  const logs = readable(store.tables.logs, 'otel_logs')
  const { sql, params } = await narrowed(store, logs, asked)
  const pairs = hasPairs(logs, 'LogAttributes', asked.attributes)
  const words = asked.text.trim()
  const texts = [logNameOf(logs), 'Body', attributeText(logs, 'LogAttributes')]
  const conditions = [...sql, ...pairs.sql, ...(words === '' ? [] : [holds(texts, 'words')])]
  const query = `SELECT ${logColumns(logs)}, toString(${logOrder}) AS order, ${logNameOf(logs)} AS named, ServiceName AS service,
      ${conversation(logs, 'LogAttributes')} AS conversation
    FROM ${rawTable('otel_logs')} WHERE ${backFrom(logs, logOrder)} AND ${conditions.map((one) => `(${one})`).join(' AND ')}
    ORDER BY Timestamp DESC, ${logOrder} DESC LIMIT 1 BY Timestamp, ${logOrder} LIMIT {most:UInt32}`
  return pageBack<FoundLog>(store, 'otel_logs', logs, asked, (bounds) =>
    store.reader.rows<FoundLog>(query, { ...params, ...pairs.params, ...(words === '' ? {} : { words }), ...bounds }),
  )
}

export async function exploreLogs(
  store: ExploreStore,
  params: ParsedParams<'explore.logs'>,
): Promise<Value<'explore.logs'>> {
  const { rows, ...page } = await findLogs(store, params)
  const known = await store.sessions.called([...new Set(rows.map((row) => row.conversation))])
  return {
    ...page,
    logs: rows.map((row) => ({ ...described(row), sessionId: known.has(row.conversation) ? row.conversation : null })),
  }
}

function described(row: FoundLog): Omit<Value<'explore.logs'>['logs'][number], 'sessionId'> {
  return {
    ref: logRef(row),
    timeMs: Number(row.timeNs) / 1e6,
    event: row.named,
    severity: severityName(row.severity),
    service: row.service,
    summary: wordsOfLog(row.named, attributesToObject(restoreAttributes(row.attributes) as never), row.body),
  }
}

/** Counted where they lie: of all records of a range, each once. */
export async function exploreLogFacets(
  store: ExploreStore,
  params: ParsedParams<'explore.logFacets'>,
): Promise<Value<'explore.logFacets'>> {
  const logs = readable(store.tables.logs, 'otel_logs')
  const { sql, params: bound } = await narrowed(store, logs, { ...params, events: undefined })
  const buckets = bucketsOf(params)
  const rows = await store.reader.rows<{ atMs: string; named: string; severity: number; records: string }>(
    `SELECT toString(roundDown(toUnixTimestamp64Milli(Timestamp), {edges:Array(Int64)})) AS atMs, ${logNameOf(logs)} AS named,
       SeverityNumber AS severity, toString(uniqExact(Timestamp, ${logOrder})) AS records
     FROM ${rawTable('otel_logs')} WHERE ${within(logs)} AND ${sql.map((one) => `(${one})`).join(' AND ')}
     GROUP BY atMs, named, severity ORDER BY toInt64(atMs)`,
    { ...bound, ...asParams(rangeNs(params)), edges: buckets.edgesMs },
  )
  const cells = rows.map(({ atMs, named, severity, records }): FacetCell => [
    ...([Number(atMs), named, Number(severity), Number(records)] as const),
  ])
  return facetsOf(cells, buckets)
}
