import { busyTiles, lengthOf } from '../../model/findings/disjoint.ts'
import { apiRowFinder } from '../../model/findings/api-rows.ts'
import type { FindingContext } from '../../model/findings/context.ts'
import type { PriceList } from '../../model/pricing/price.ts'
import { loadLedger, type LoadedLedger } from '../queries/ledger.ts'
import type { LogReader } from '../queries/logs-read.ts'
import type { Db } from '../store/database.ts'
import { ownHistoryReader } from './own-history.ts'
import { pricedCalls } from './priced-calls.ts'

export type ContextLoader = (loaded: LoadedLedger) => FindingContext

/** Gathers what the kinds of findings look at. */
export function contextLoader(db: Db, prices: () => PriceList): ContextLoader {
  const readHistory = ownHistoryReader(db)
  return ({ session, baseMs, base, ledger, rows }) => {
    const rowAt = apiRowFinder(rows.all)
    return {
      session,
      baseMs,
      rows,
      ledger,
      busy: lengthOf(busyTiles(ledger.intervals, ledger.turns)),
      calls: pricedCalls(db, session.id, base, prices()).map((call) => ({ ...call, row: rowAt(call.at) })),
      helpers: [],
      history: readHistory(session.id, base + BigInt(Math.round(session.firstAt))),
      file: null,
    }
  }
}

export function loadContext(
  db: Db,
  logs: LogReader,
  load: ContextLoader,
  id: string,
  silenceMs: number,
): FindingContext {
  return load(loadLedger(db, logs, id, silenceMs))
}
