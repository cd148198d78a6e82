import type { ParsedParams, Value } from '../../contract/index.ts'
import { errorKind } from '../../contract/explore.ts'
import { notKnown } from '../../engine/queries/called.ts'
import { mentions, mostOfKind } from '../../engine/explore/errors.ts'
import type { RangeStore } from '../mirror/range-store.ts'
import { asParams } from '../records/bounds.ts'
import { conversation, within } from '../records/spelling.ts'
import { logNameOf } from './log-name.ts'
import { logOrder } from './logs.ts'
import { rangeNs } from './range.ts'
import { rawTable, type ExploreStore } from './store.ts'

type Answer = Value<'explore.errors'>
type ErrorRow = Answer['errors'][number]

/** What failed is a fact, which home's reader tells of the range; records of errors are looked up among all. */
export async function exploreErrors(
  store: ExploreStore,
  ranges: RangeStore,
  params: ParsedParams<'explore.errors'>,
): Promise<Answer> {
  const { kinds = errorKind.options, limit } = params
  const ofFacts = (await ranges.readerOf(params))['explore.errors']({
    ...params,
    kinds: kinds.filter((kind) => kind !== 'log'),
  })
  const logs = await errorLogs(store, params)
  const counts = [
    ...ofFacts.kinds.filter(({ kind }) => kind !== 'log'),
    ...(logs.rows.length === 0 ? [] : [{ kind: 'log' as const, count: logs.rows.length }]),
  ]
  const wanted = counts.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { count }) => sum + count, 0)
  return {
    errors: [...ofFacts.errors, ...(kinds.includes('log') ? logs.rows : [])]
      .sort((a, b) => b.timeMs - a.timeMs)
      .slice(0, limit),
    kinds: counts,
    truncated: ofFacts.truncated || logs.isCut || wanted > limit,
  }
}

async function errorLogs(
  { reader, tables, database, sessions }: ExploreStore,
  { fromMs, toMs, filters, text }: ParsedParams<'explore.errors'>,
): Promise<{ readonly rows: readonly ErrorRow[]; readonly isCut: boolean }> {
  const { logs } = tables
  if (logs === null) return { rows: [], isCut: false }
  const of = conversation(logs, 'LogAttributes')
  const among = await sessions.among(filters, { fromMs, toMs })
  const rows = await reader.rows<{ timeNs: string; what: string; id: string }>(
    `SELECT toString(toUnixTimestamp64Nano(Timestamp)) AS timeNs, ${logNameOf(logs)} AS what, ${of} AS id
     FROM ${rawTable('otel_logs')} WHERE ${within(logs)} AND SeverityNumber >= 17 ${among === null ? '' : `AND ${among.sql(of)}`}
     ORDER BY Timestamp DESC LIMIT 1 BY Timestamp, ${logOrder} LIMIT {most:UInt32}`,
    { rawDatabase: database, most: mostOfKind + 1, ...among?.params, ...asParams(rangeNs({ fromMs, toMs })) },
  )
  const known = await sessions.called([...new Set(rows.map(({ id }) => id))])
  const words = text.trim().toLowerCase()
  const errors = rows.slice(0, mostOfKind).map(({ timeNs, what, id }): ErrorRow => ({
    ...{ kind: 'log', timeMs: Number(timeNs) / 1e6, what, message: '' },
    ...{ callId: null, turn: null, traceId: null, spanId: null },
    ...{ sessionId: known.has(id) ? id : null, session: known.get(id) ?? notKnown },
  }))
  return {
    rows: words === '' ? errors : errors.filter((row) => mentions(row, row.session, words)),
    isCut: rows.length > mostOfKind,
  }
}
