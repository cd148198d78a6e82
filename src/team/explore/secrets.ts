import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { secretsOfLog, withoutSecrets } from '../../engine/explore/secrets.ts'
import type { OtlpObject } from '../../engine/otlp/read-message.ts'
import { notKnown } from '../../engine/queries/called.ts'
import type { Json } from '../../model/exchange/record-json.ts'
import { secretPlaces } from '../../model/exchange/secret-places.ts'
import { mayHoldSecret } from '../../model/exchange/secrets.ts'
import { writeLog } from '../records/logs.ts'
import { requestOf } from '../records/request.ts'
import { spanColumns, writeSpan, type SpanRow } from '../records/spans.ts'
import { conversation, within } from '../records/spelling.ts'
import { findLogs } from './logs.ts'
import { backFrom, pageBack, type Page, type Placed } from './page-back.ts'
import { recordFrom } from './record.ts'
import { logRef, spanRef } from './refs.ts'
import { sessionsOfTraces, spanOrder } from './spans.ts'
import { rawTable, readable, type ExploreStore } from './store.ts'

type Asked = ParsedParams<'explore.secrets'>
type Answer = Value<'explore.secrets'>
type Found = Omit<Answer['found'][number], 'session' | 'sessionId'> & { readonly ids: readonly string[] }

/** So many records come here for a step, and are looked through here: what a secret is nobody has to tell the server. */
const recordsAtOnce = 2000

/** Records that hold what looks like a secret, as home looks for them: logs from the newest back, then spans. */
export async function exploreSecrets(store: ExploreStore, params: Asked): Promise<Answer> {
  const [, signal = 'log', place = ''] = /^(log|span):(.*)$/.exec(params.after ?? '') ?? []
  if (params.after !== undefined && place === '' && params.after !== spansBegin)
    throw new ProcedureError('bad_request', 'after: not a position in this list')
  const asked = { ...params, after: place === '' ? undefined : place, limit: recordsAtOnce }
  const step = signal === 'log' ? await inLogs(store, asked) : await inSpans(store, asked)
  const known = await store.sessions.called([...new Set(step.found.flatMap(({ ids }) => ids))])
  return {
    ...step,
    found: step.found.map(({ ids, ...one }) => {
      const sessionId = ids.find((id) => known.has(id)) ?? null
      return { ...one, sessionId, session: withoutSecrets(known.get(sessionId ?? '') ?? notKnown) }
    }),
  }
}

/** Behind the last log. */
const spansBegin = 'span:'

type Step = Omit<Answer, 'found'> & { readonly found: readonly Found[] }

function stepOf<R extends Placed>(
  signal: string,
  { rows, next, lookedBackToMs }: Page<R>,
  found: readonly Found[],
): Step {
  return { found, looked: rows.length, next: next === null ? null : `${signal}:${next}`, lookedBackToMs }
}

const holdsOne = (row: object): boolean => mayHoldSecret(JSON.stringify(row))

async function inLogs(store: ExploreStore, asked: Asked & { readonly limit: number }): Promise<Step> {
  const page = await findLogs(store, { ...asked, events: undefined, minSeverity: 0, text: '', attributes: [] })
  const found = page.rows.filter(holdsOne).flatMap((row): Found[] => {
    const held = secretsOfLog(recordFrom('logs', requestOf([row], writeLog)).record as OtlpObject)
    if (held === null) return []
    const timeMs = Number(row.timeNs) / 1e6
    return [
      { ref: logRef(row), timeMs, name: row.named, ...held, ids: [row.conversation], traceId: null, spanId: null },
    ]
  })
  const step = stepOf('log', page, found)
  return step.next === null && store.tables.traces !== null
    ? { ...step, next: spansBegin, lookedBackToMs: asked.fromMs }
    : step
}

async function inSpans(store: ExploreStore, asked: Asked & { readonly limit: number }): Promise<Step> {
  const traces = readable(store.tables.traces, 'otel_traces')
  const { sql, params } = await ofSessions(store, asked)
  const query = `SELECT ${spanColumns(traces)}, startNs AS timeNs, toString(${spanOrder}) AS order FROM ${rawTable('otel_traces')}
    WHERE ${backFrom(traces, spanOrder)} AND ${sql}
    ORDER BY Timestamp DESC, ${spanOrder} DESC LIMIT 1 BY TraceId, SpanId LIMIT {most:UInt32}`
  const page = await pageBack<SpanRow & Placed>(store, 'otel_traces', traces, asked, (bounds) =>
    store.reader.rows<SpanRow & Placed>(query, { rawDatabase: store.database, ...params, ...bounds }),
  )
  const suspects = page.rows.filter(holdsOne)
  const sessionOf = await sessionsOfTraces(store, suspects)
  const found = suspects.flatMap((row): Found[] => {
    const places = secretPlaces(recordFrom('traces', requestOf([row], writeSpan)).record as Json)
    const { timeNs, traceId, spanId, name } = row
    const ref = spanRef(row)
    const ids = sessionOf.get(traceId) ?? []
    return places.length === 0
      ? []
      : [{ ref, timeMs: Number(timeNs) / 1e6, name, places, ids, callId: null, traceId, spanId }]
  })
  return stepOf('span', page, found)
}

/** A trace is of the sessions that its logs name. */
async function ofSessions({ sessions, tables }: ExploreStore, { filters, fromMs, toMs }: Asked) {
  const among = await sessions.among(filters, { fromMs, toMs })
  if (among === null || tables.logs === null) return { sql: 'true', params: {} }
  const of = conversation(tables.logs, 'LogAttributes')
  return {
    sql: `TraceId IN (SELECT TraceId FROM ${rawTable('otel_logs')} WHERE ${within(tables.logs)} AND TraceId != '' AND ${among.sql(of)})`,
    params: among.params,
  }
}
