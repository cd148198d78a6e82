import { workedOut, type WorkedOut } from '../../model/exchange/worked-out.ts'
import { contextLoader } from '../findings/load.ts'
import { sessionFindings } from '../findings/session-findings.ts'
import { priceListOf } from '../pricing/price-list.ts'
import { ledgerResult, loadLedger } from '../queries/ledger.ts'
import { logReader } from '../queries/logs-read.ts'
import { receipts } from '../queries/receipts.ts'
import type { Db } from '../store/database.ts'
import { anySilence } from './session-source.ts'

/** `db` has the session, perhaps redacted; `own` the user's prices and other sessions. */
export function workOut(db: Db, id: string, own: Db): WorkedOut {
  const logs = logReader(db)
  const loaded = loadLedger(db, logs, id, anySilence)
  const prices = priceListOf(own).current
  return workedOut.parse({
    ledger: ledgerResult(loaded),
    cost: receipts(db, id, prices()),
    ...sessionFindings(db, contextLoader(db, logs, prices, own)(loaded)),
  })
}
