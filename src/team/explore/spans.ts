import type { ParsedParams, Value } from '../../contract/index.ts'
import { notKnown } from '../../engine/queries/called.ts'
import type { Params } from '../connection.ts'
import { around, asParams } from '../records/bounds.ts'
import { chunksOf } from '../records/chunks.ts'
import type { RawTable } from '../records/generation.ts'
import { statusOf } from '../records/spans.ts'
import { conversation, within } from '../records/spelling.ts'
import { attributeText, holds } from './holding.ts'
import { backFrom, pageBack, type Page, type Placed } from './page-back.ts'
import { spanRef } from './refs.ts'
import { rawTable, readable, type ExploreStore } from './store.ts'

export const spanOrder = 'cityHash64(TraceId, SpanId)'

type Choice = Pick<
  ParsedParams<'explore.spans'>,
  'fromMs' | 'toMs' | 'name' | 'service' | 'minDurationMs' | 'text' | 'after'
>

interface FoundSpan extends Placed {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly name: string
  readonly service: string
  readonly durationNs: string
  readonly status: string
}

/** What a span has to be, and what that is bound to. */
function narrowed(traces: RawTable, { name, service, minDurationMs, text }: Choice): { sql: string; params: Params } {
  const words = { name: name.trim(), service: service.trim(), text: text.trim() }
  const texts = {
    name: ['SpanName'],
    service: ['ServiceName'],
    text: [
      ...['SpanName', 'StatusMessage', attributeText(traces, 'SpanAttributes')],
      ...["arrayStringConcat(`Events.Name`, '\\n')", `toString(\`Events.Attributes\`)`],
    ],
  }
  const asked = (['name', 'service', 'text'] as const).filter((key) => words[key] !== '')
  const conditions = [
    ...(minDurationMs > 0 ? ['toInt64(Duration) >= {leastNs:Int64}'] : []),
    ...asked.map((key) => `(${holds(texts[key], key)})`),
  ]
  return {
    sql: conditions.length === 0 ? 'true' : conditions.join(' AND '),
    params: {
      leastNs: String(BigInt(Math.round(minDurationMs * 1e6))),
      ...Object.fromEntries(asked.map((key) => [key, words[key]])),
    },
  }
}

/** Spans of every sender, those that began last first. */
export async function exploreSpans(
  store: ExploreStore,
  params: ParsedParams<'explore.spans'>,
): Promise<Value<'explore.spans'>> {
  const traces = readable(store.tables.traces, 'otel_traces')
  const { sql, params: bound } = narrowed(traces, params)
  const query = `SELECT toString(toUnixTimestamp64Nano(Timestamp)) AS timeNs, toString(${spanOrder}) AS order, TraceId AS traceId,
      SpanId AS spanId, ParentSpanId AS parentId, SpanName AS name, ServiceName AS service, toString(Duration) AS durationNs,
      StatusCode AS status
    FROM ${rawTable('otel_traces')} WHERE ${backFrom(traces, spanOrder)} AND ${sql}
    ORDER BY Timestamp DESC, ${spanOrder} DESC LIMIT 1 BY TraceId, SpanId LIMIT {most:UInt32}`
  const { rows, ...page } = await pageBack<FoundSpan>(store, 'otel_traces', traces, params, (bounds) =>
    store.reader.rows<FoundSpan>(query, { rawDatabase: store.database, ...bound, ...bounds }),
  )
  const sessionOf = await sessionsOfTraces(store, rows)
  const known = await store.sessions.called([...new Set([...sessionOf.values()].flat())])
  return {
    ...page,
    spans: rows.map((row) => {
      const sessionId = sessionOf.get(row.traceId)?.find((id) => known.has(id)) ?? null
      return { ...described(row), sessionId, session: known.get(sessionId ?? '') ?? notKnown }
    }),
  }
}

function described(row: FoundSpan): Omit<Value<'explore.spans'>['spans'][number], 'sessionId' | 'session'> {
  const { timeNs, traceId, spanId, parentId, name, service, durationNs } = row
  const endNs = BigInt.asUintN(64, BigInt(timeNs) + BigInt(durationNs))
  return {
    ...{ ref: spanRef(row), traceId, spanId, parentId: parentId === '' ? null : parentId },
    ...{ name, service, status: statusOf(row.status), startMs: Number(timeNs) / 1e6 },
    durationMs: endNs === 0n ? null : Number(endNs) / 1e6 - Number(timeNs) / 1e6,
  }
}

/** The conversations that spans of these traces name, in order: the first that is a session is theirs, as at home. */
export async function sessionsOfTraces(
  { reader, tables, database }: ExploreStore,
  rows: readonly Pick<FoundSpan, 'timeNs' | 'traceId'>[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  const { traces } = tables
  const [newest, oldest] = [rows[0], rows.at(-1)]
  if (traces === null || newest === undefined || oldest === undefined) return found
  const bounds = around({ fromNs: BigInt(oldest.timeNs), toNs: BigInt(newest.timeNs) })
  for (const traceIds of chunksOf([...new Set(rows.map(({ traceId }) => traceId))]))
    for (const { traceId, ids } of await reader.rows<{ traceId: string; ids: readonly string[] }>(
      `SELECT TraceId AS traceId, arraySort(groupUniqArray(${conversation(traces, 'SpanAttributes')} AS id)) AS ids
       FROM ${rawTable('otel_traces')} WHERE ${within(traces)} AND TraceId IN {traceIds:Array(String)} AND id != '' GROUP BY TraceId`,
      { traceIds, rawDatabase: database, ...asParams(bounds) },
    ))
      found.set(traceId, ids)
  return found
}

/** The same spans added up by name, a stretch of time at a time. */
export async function exploreSpanNames(
  store: ExploreStore,
  params: ParsedParams<'explore.spanNames'>,
): Promise<Value<'explore.spanNames'>> {
  const traces = readable(store.tables.traces, 'otel_traces')
  const { sql, params: bound } = narrowed(traces, params)
  const query = `SELECT name, toString(count()) AS spans, sum(took) / 1e6 AS ms, max(took) / 1e6 AS longestMs FROM (
      SELECT SpanName AS name, greatest(0, toInt64(Duration)) AS took FROM ${rawTable('otel_traces')}
      WHERE ${backFrom(traces, spanOrder)} AND ${sql} LIMIT 1 BY TraceId, SpanId)
    GROUP BY name`
  const names = new Map<string, { count: number; ms: number; longestMs: number }>()
  // Adds up all of a stretch, and so gives no row of it back.
  const { next, lookedBackToMs }: Page<Placed> = await pageBack(
    store,
    'otel_traces',
    traces,
    { ...params, limit: 1 },
    async (bounds) => {
      const rows = await store.reader.rows<{ name: string; spans: string; ms: number; longestMs: number }>(query, {
        ...{ rawDatabase: store.database, ...bound, ...bounds },
      })
      for (const row of rows) {
        const { count, ms, longestMs } = names.get(row.name) ?? { count: 0, ms: 0, longestMs: 0 }
        names.set(row.name, {
          count: count + Number(row.spans),
          ms: ms + Number(row.ms),
          longestMs: Math.max(longestMs, Number(row.longestMs)),
        })
      }
      return []
    },
  )
  return { names: [...names].map(([name, sum]) => ({ name, ...sum })), next, lookedBackToMs }
}
