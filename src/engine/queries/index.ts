import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Db } from '../store/database.ts'
import { contextLoader } from '../findings/load.ts'
import { insightSessions } from '../findings/insight-sessions.ts'
import { insightList } from '../findings/insights.ts'
import { sessionFindings } from '../findings/session-findings.ts'
import { laterHandlers } from '../later-handlers.ts'
import { listAlerts, readRules } from '../alerts/keeper.ts'
import { exploreQueries } from '../explore/index.ts'
import type { analyst, reader } from '../routes.ts'
import { panelBehind } from '../panels/behind.ts'
import { listPanels, panelRunner } from '../panels/run.ts'
import { filterValues } from '../filters/values.ts'
import { forwardFigures, forwardList } from '../forwarding/figures.ts'
import { readSettings } from '../store/settings.ts'
import { priceListOf } from '../pricing/price-list.ts'
import { readPrices } from '../pricing/procedures.ts'
import { batchList, batchMembers } from './batches.ts'
import { changesOf } from './changed-files.ts'
import { compareSessions } from './compare.ts'
import type { ConversationProcedure } from './conversation.ts'
import { percentile } from './history.ts'
import { newNames } from './new-names.ts'
import { ledgerResult, loadLedger } from './ledger.ts'
import { removedSessions } from './removed-sessions.ts'
import { copiedInFinder } from '../history/counting-files.ts'
import { lineageOf } from './lineage.ts'
import { limitList, limitMoves } from './limits.ts'
import { logReader } from './logs-read.ts'
import { findRecord, sessionLogs } from './logs.ts'
import { processList } from './processes.ts'
import { projectList } from './projects.ts'
import { receipts } from './receipts.ts'
import { recordReader } from './records.ts'
import { rowDetails } from './row-details.ts'
import { rowsBlock, wholeBlock } from './session-block.ts'
import { importsInto } from './imports-into.ts'
import { attributesOf } from './session-attributes.ts'
import { sessionCounts } from './session-counts.ts'
import { sessionSearch, type SearchThread } from './session-search.ts'
import { differencesWithin, findSession, sessionList } from './session-list.ts'
import { spansOfRow, treeLoader, type LoadedTree } from './session-tree.ts'
import { spanEvents } from './span-events.ts'
import { storeSize } from './store-size.ts'
import { sessionTurns } from './turns.ts'

/** The procedures that only read: those that lead here alone, and two that are asked for with something beside. */
export type ReaderProcedure = (typeof reader | typeof analyst)[number] | 'session.list' | 'forward.list'

/** Searching and reading files take turns with whatever else is asked; everything else is answered at once. */
type Deferred = 'session.search' | ConversationProcedure

type Handlers = { [K in Exclude<ReaderProcedure, Deferred>]: (params: ParsedParams<K>) => Value<K> } & {
  [K in Deferred]: (params: ParsedParams<K>) => Promise<Value<K>>
}

export interface Reader extends Handlers {
  /** For the session whose block was asked for last: what its first search would have to wait for. */
  'search.prepare': () => Promise<void>
  'store.size': () => Value<'status'>['store'] & { sample: boolean }
  /** What the store knows for `forward.state`. */
  'forward.figures': () => Value<'forward.state'>
}

export function createReader(
  db: Db,
  { silenceMs, dataDir }: { silenceMs: number; dataDir: string },
  searchThread: SearchThread | null = null,
): Reader {
  const loadTree = treeLoader(db, silenceMs)
  const isPruned = db
    .prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM pruned_session WHERE session_id = ?)')
    .pluck()
  const records = recordReader(db)
  const prices = priceListOf(db)
  const logs = logReader(db)
  const toContext = contextLoader(db, logs, prices.current)
  const searches = sessionSearch(db, searchThread)
  const copies = copiedInFinder(db)
  let shown: LoadedTree | null = null
  return {
    'session.list': (params) => sessionList(db, params, silenceMs),
    'session.get': ({ id }) => {
      const summary = findSession(db, id, silenceMs)
      if (summary === null) throw new ProcedureError('not_found', `no session ${id}`)
      const pruned = isPruned.get(id) === 1
      const imports = importsInto(db, id)
      const lineage = lineageOf(db, summary)
      const copiedIn = copies(id)
      const attributes = attributesOf(db, id)
      const differenceList = summary.differences === 0 ? [] : differencesWithin(db, id)
      const [changes = null] = changesOf(db, [[summary]])
      return {
        ...summary,
        ...sessionCounts(db, loadTree, id),
        ...(pruned ? { pruned } : {}),
        ...(imports.length > 0 ? { imports } : {}),
        ...(differenceList.length > 0 ? { differenceList } : {}),
        ...(changes === null ? {} : { changes }),
        ...(copiedIn === null ? {} : { copiedIn }),
        ...(lineage.length > 0 ? { lineage } : {}),
        ...(attributes.length > 0 ? { attributes } : {}),
      }
    },
    'session.tree': ({ id }) => {
      const { tree } = loadTree(id)
      return { rows: [...tree.rows], spanCount: tree.spanCount, startMs: tree.startMs, endMs: tree.endMs }
    },
    'session.block': ({ id, spans }) => {
      if (!spans) return rowsBlock(db, id, silenceMs)
      shown = loadTree(id)
      return wholeBlock(db, shown)
    },
    'session.search': (params) => searches.search(loadTree(params.id), params),
    'session.spans': ({ id, rowId }) => ({ spans: spansOfRow(db, loadTree(id), rowId) }),
    'session.row': ({ id, rowId }) => rowDetails(db, records, loadTree(id), rowId),
    'session.ledger': ({ id }) => ledgerResult(loadLedger(db, logs, id, silenceMs)),
    'session.findings': ({ id }) => sessionFindings(db, toContext(loadLedger(db, logs, id, silenceMs))),
    'insight.list': (params) => insightList(db, params, silenceMs),
    'insight.sessions': (params) => insightSessions(db, params, silenceMs),
    // A tenth of a reader's code.
    ...laterHandlers(['session.conversation', 'conversation.text', 'conversation.find'], async () =>
      (await import('./conversation.ts')).conversationQueries(db),
    ),
    'session.turns': ({ id }) => sessionTurns(db, logs, id, silenceMs),
    'session.logs': (params) => sessionLogs(db, logs, params),
    'session.receipts': ({ id }) => receipts(db, id, prices.current()),
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
    'span.events': (params) => spanEvents(db, params),
    'process.list': () => processList(db),
    'limit.list': (params) => limitList(db, params),
    'limit.moves': (params) => limitMoves(db, params),
    'project.list': (params) => projectList(db, params, silenceMs),
    'batch.list': (params) => batchList(db, params, silenceMs),
    'batch.members': (params) => batchMembers(db, params, silenceMs),
    'prices.read': () => readPrices(db),
    'alert.list': ({ limit }) => listAlerts(db, limit),
    'alert.rules': () => ({ rules: [...readRules(db)] }),
    ...exploreQueries(db, logs, records, silenceMs),
    'panel.list': () => listPanels(),
    'panel.run': panelRunner(db, silenceMs),
    'panel.behind': (params) => panelBehind(db, params, silenceMs),
    'filter.values': (params) => filterValues(db, params, silenceMs),
    'forward.list': () => forwardList(db),
    'forward.figures': () => forwardFigures(db),
    'health.names': () => newNames(db),
    'removed.list': () => ({ sessions: removedSessions(db) }),
    'settings.read': () => readSettings(db),
    'search.prepare': async () => {
      if (shown !== null) await searches.prepare(shown)
    },
    'store.size': () => storeSize(db, dataDir),
  }
}
