import type { ParsedParams, ProcedureName, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Db } from '../store/database.ts'
import { exportFile, previewRedaction } from '../exchange/export-session.ts'
import { readSettings } from '../store/settings.ts'
import { bundledPrices } from '../pricing/genai-prices.ts'
import { compareSessions } from './compare.ts'
import { percentile } from './history.ts'
import { ledgerResult, loadLedger } from './ledger.ts'
import { logReader } from './logs-read.ts'
import { findRecord, sessionLogs } from './logs.ts'
import { processList } from './processes.ts'
import { receipts } from './receipts.ts'
import { recordReader } from './records.ts'
import { rowDetails } from './row-details.ts'
import { rowsBlock, wholeBlock } from './session-block.ts'
import { searchSession } from './session-search.ts'
import { findSession, sessionList } from './session-list.ts'
import { spansOfRow, treeLoader } from './session-tree.ts'
import { storeSize } from './store-size.ts'
import { sessionTurns } from './turns.ts'

/** The procedures that only read, and `status`' share of it. */
export type ReaderProcedure =
  | 'session.list'
  | 'session.get'
  | 'session.tree'
  | 'session.block'
  | 'session.search'
  | 'session.spans'
  | 'session.row'
  | 'session.ledger'
  | 'session.turns'
  | 'session.logs'
  | 'session.receipts'
  | 'session.compare'
  | 'record.get'
  | 'call.percentile'
  | 'span.get'
  | 'process.list'
  | 'session.export'
  | 'session.redaction'
  | 'settings.read'

/** Searching unpacks bodies on other threads; everything else is answered at once. */
type Deferred = 'session.search'

type Handlers = { [K in Exclude<ReaderProcedure, Deferred>]: (params: ParsedParams<K>) => Value<K> } & {
  [K in Deferred]: (params: ParsedParams<K>) => Promise<Value<K>>
}

export interface Reader extends Handlers {
  'store.size': () => Value<'status'>['store'] & { sample: boolean }
}

export const readerProcedures: ReadonlySet<ProcedureName> = new Set<ReaderProcedure>([
  'session.list',
  'session.get',
  'session.tree',
  'session.block',
  'session.search',
  'session.spans',
  'session.row',
  'session.ledger',
  'session.turns',
  'session.logs',
  'session.receipts',
  'session.compare',
  'record.get',
  'call.percentile',
  'span.get',
  'process.list',
  'session.export',
  'session.redaction',
  'settings.read',
])

export function createReader(
  db: Db,
  { silenceMs, dataDir, version = '' }: { silenceMs: number; dataDir: string; version?: string },
): Reader {
  const loadTree = treeLoader(db, silenceMs)
  const records = recordReader(db)
  const logs = logReader(db)
  return {
    'session.list': (params) => sessionList(db, params, silenceMs),
    'session.get': ({ id }) => {
      const summary = findSession(db, id, silenceMs)
      if (summary === null) throw new ProcedureError('not_found', `no session ${id}`)
      const { tree, spans, facts } = loadTree(id)
      const traces = new Set<number>()
      tree.rowOfSpan.forEach((row, span) => row >= 0 && traces.add(spans.trace[span] ?? 0))
      const logs = db
        .prepare<[string], number>(
          `SELECT count(*) FROM log WHERE conversation IN
             (SELECT key FROM conversation WHERE id IN (SELECT value FROM json_each(?)))`,
        )
        .pluck()
      const ids = JSON.stringify(facts.sessions.map((session) => session.id))
      return { ...summary, spanCount: tree.spanCount, logCount: logs.get(ids) ?? 0, traceCount: traces.size }
    },
    'session.tree': ({ id }) => {
      const { tree } = loadTree(id)
      return { rows: [...tree.rows], spanCount: tree.spanCount, startMs: tree.startMs, endMs: tree.endMs }
    },
    'session.block': ({ id, spans }) => (spans ? wholeBlock(db, loadTree(id)) : rowsBlock(db, id, silenceMs)),
    'session.search': ({ id, query }) => searchSession(db, records, loadTree(id), query),
    'session.spans': ({ id, rowId }) => ({ spans: spansOfRow(db, loadTree(id), rowId) }),
    'session.row': ({ id, rowId }) => rowDetails(db, records, loadTree(id), rowId),
    'session.ledger': ({ id }) => ledgerResult(loadLedger(db, logs, id, silenceMs)),
    'session.turns': ({ id }) => sessionTurns(db, logs, id, silenceMs),
    'session.logs': (params) => sessionLogs(db, logs, params),
    'session.receipts': ({ id }) => receipts(db, id, bundledPrices),
    'session.compare': (params) => compareSessions(db, logs, params, silenceMs),
    'record.get': (params) => findRecord(db, records, params),
    'call.percentile': (params) => percentile(db, params),
    'span.get': ({ traceId, spanId }) => {
      if (!/^[0-9a-f]{32}$/i.test(traceId) || !/^[0-9a-f]{16}$/i.test(spanId))
        throw new ProcedureError('bad_request', 'traceId is 32 hex digits and spanId 16')
      const place = db
        .prepare<[Buffer, bigint], { body: number; at: number }>(
          'SELECT body, at FROM span WHERE trace = (SELECT id FROM trace WHERE trace_id = ?) AND span_id = ?',
        )
        .get(Buffer.from(traceId, 'hex'), BigInt.asIntN(64, BigInt(`0x${spanId}`)))
      if (place === undefined) throw new ProcedureError('not_found', `no span ${spanId} in trace ${traceId}`)
      return { span: records.span(place.body, place.at) }
    },
    'process.list': () => processList(db),
    'session.export': (params) => exportFile(db, { ...params, version }),
    'session.redaction': ({ id, redact, samples }) => previewRedaction(db, id, redact, samples),
    'settings.read': () => readSettings(db),
    'store.size': () => storeSize(db, dataDir),
  }
}
