import type { Value } from '../../contract/index.ts'
import { priceListOf } from '../pricing/price-list.ts'
import { loadLedger } from '../queries/ledger.ts'
import { logReader } from '../queries/logs-read.ts'
import type { Db } from '../store/database.ts'
import { contextLoader } from './load.ts'
import { sessionFindings } from './session-findings.ts'

/** The answer of `session.findings` for whoever asks once. `silenceMs`: how long an unfinished session may be silent and be live. */
export function explain(db: Db, id: string, silenceMs: number): Value<'session.findings'> {
  const logs = logReader(db)
  return sessionFindings(db, contextLoader(db, logs, priceListOf(db).current)(loadLedger(db, logs, id, silenceMs)))
}
