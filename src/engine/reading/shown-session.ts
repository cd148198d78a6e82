import type { CommandResults } from '../../contract/commands.ts'
import { defaultSilenceMs } from '../../model/session/state.ts'
import { buildTree } from '../../model/tree/build.ts'
import { contextLoader } from '../findings/load.ts'
import { sessionFindings } from '../findings/session-findings.ts'
import { copyOf } from '../history/counting-files.ts'
import { priceListOf } from '../pricing/price-list.ts'
import { ledgerResult, loadLedger } from '../queries/ledger.ts'
import { logReader } from '../queries/logs-read.ts'
import { differencesWithin, findSession } from '../queries/session-list.ts'
import { readTreeFacts } from '../queries/tree-facts.ts'
import { noSpans } from '../queries/tree-spans.ts'
import type { Db } from '../store/database.ts'

/** A session as a terminal shows it, at one moment of the database. */
export function shownSession(db: Db, id: string): CommandResults['show'] {
  return db.transaction(() => {
    const session = findSession(db, id, defaultSilenceMs)
    if (session === null) throw new Error(`there is no session ${id}`)
    const logs = logReader(db)
    const loaded = loadLedger(db, logs, id, defaultSilenceMs)
    const { facts } = readTreeFacts(db, id, defaultSilenceMs)
    return {
      session,
      differenceList: session.differences === 0 ? [] : differencesWithin(db, id),
      ...copyOf(db, id),
      ledger: ledgerResult(loaded),
      findings: sessionFindings(db, contextLoader(db, logs, priceListOf(db).current)(loaded)),
      rows: [...buildTree(facts, noSpans()).rows],
    }
  })()
}
