import { countOf } from '../../model/counts.ts'
import { apiRowFinder } from '../../model/findings/api-rows.ts'
import type { FindingContext, HelperFacts, ServerFacts } from '../../model/findings/context.ts'
import { busyTiles, lengthOf } from '../../model/findings/disjoint.ts'
import type { PriceList } from '../../model/pricing/price.ts'
import type { LoadedLedger } from '../queries/ledger.ts'
import { logPlaces, type LogReader } from '../queries/logs-read.ts'
import type { Db } from '../store/database.ts'
import { fileFacts } from './file-facts.ts'
import { ownHistoryReader } from './own-history.ts'
import { pricedCalls } from './priced-calls.ts'
import { promptChangeReader } from './prompt-changes.ts'

export type ContextLoader = (loaded: LoadedLedger) => FindingContext

/** Gathers what the kinds of findings look at. `own` has the user's other sessions, where `db` is a copy of one. */
export function contextLoader(db: Db, logs: LogReader, prices: () => PriceList, own: Db = db): ContextLoader {
  const readHistory = ownHistoryReader(own)
  const place = db
    .prepare<[string], { folder: string | null; sandboxPolicy: string | null; first: bigint }>(
      'SELECT folder, sandbox_policy AS sandboxPolicy, first_ns AS first FROM session WHERE id = ?',
    )
    .safeIntegers(true)
  const cost = db.prepare<[string], number | null>('SELECT cost_usd FROM session WHERE id = ?').pluck()
  const lengths = db
    .prepare<[string], [string, number]>(
      'SELECT call_id, arguments_length FROM tool_call WHERE session_id = ? AND arguments_length IS NOT NULL',
    )
    .raw()
  const promptChanges = promptChangeReader(db)
  const starts = db.prepare<object, ServerFacts['starts'][number]>(
    `SELECT server, start_ns - @base AS start, end_ns - @base AS end
     FROM server_start WHERE trace_id IN (SELECT trace_id FROM session_start WHERE session_id = @id) ORDER BY start_ns, span_id`,
  )
  const waits = db.prepare<object, ServerFacts['waits'][number]>(
    `SELECT start_ns - @base AS start, end_ns - @base AS end
     FROM server_wait WHERE turn_id IN (SELECT turn_id FROM turn_mention WHERE session_id = @id) ORDER BY start_ns, span_id`,
  )

  /** `codex.conversation_starts` has a place for it, which Codex leaves empty unless its config.toml names a window; of a resumed session the last one. */
  function toldWindow(id: string): number | null {
    const last = logPlaces(db, id, 'codex.conversation_starts').at(-1)
    const attributes = last === undefined ? null : logs.attributes(last)
    const window = attributes === null ? null : countOf(attributes, 'context_window')
    return window === 0 ? null : window
  }

  return ({ session, helpers, baseMs, base, ledger, rows }) => {
    const rowAt = apiRowFinder(rows.all)
    const known = place.get(session.id)
    return {
      session,
      baseMs,
      rows,
      ledger,
      busy: lengthOf(busyTiles(ledger.intervals, ledger.turns)),
      calls: pricedCalls(db, session.id, base, prices()).map((call) => ({ ...call, row: rowAt(call.at) })),
      helpers: helpers.map(({ id, kind, firstAt, lastAt, turns }): HelperFacts => ({
        id,
        kind,
        usd: cost.get(id) ?? null,
        start: firstAt,
        turns: turns.map(({ start, end }) => ({ start, end: end ?? lastAt })),
      })),
      history: readHistory(session.id, known?.first ?? base),
      folder: known?.folder ?? null,
      sandboxPolicy: known?.sandboxPolicy ?? null,
      argumentLengths: new Map(lengths.all(session.id)),
      toldWindow: toldWindow(session.id),
      servers: { starts: starts.all({ id: session.id, base }), waits: waits.all({ id: session.id, base }) },
      promptChanges: promptChanges(session.id, base),
      file: fileFacts(db, session.id, base),
    }
  }
}
