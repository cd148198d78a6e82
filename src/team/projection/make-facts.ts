import type { Db } from '../../engine/store/database.ts'
import { turnShareWriter } from '../../engine/store/turn-shares.ts'
import { openTemporary } from '../../engine/store/temporary-database.ts'
import type { TeamReader } from '../connection.ts'
import type { RawTables } from '../records/generation.ts'
import { findSessions, readSessions, type Place } from '../records/read-sessions.ts'
import { ingest } from './ingest.ts'
import { promptedBeside } from './title-neighbours.ts'

/**
 * The records of some sessions through the ingest and the settling of home, in a database that is gone when they are used. `untilNs`: no
 * record of them is later.
 */
export async function withFacts<T>(
  { raw, tables }: { readonly raw: TeamReader; readonly tables: RawTables },
  ids: readonly string[],
  untilNs: bigint | undefined,
  use: (db: Db, place: Place) => Promise<T>,
): Promise<T> {
  const db = openTemporary()
  try {
    const place = await findSessions(raw, tables, ids, untilNs)
    await ingest(db, readSessions(raw, tables, place, { factsOnly: true }))
    const beside = tables.logs === null ? [] : await promptedBeside(raw, tables.logs, db, ids)
    if (beside.length > 0) {
      const others = await findSessions(raw, tables, beside, untilNs)
      await ingest(db, readSessions(raw, tables, others, { factsOnly: true }))
    }
    // A session's ledger is made of its own facts, and of a record that yields none: here both are.
    const share = turnShareWriter(db)
    db.transaction(() => {
      for (const id of ids) shareSafely(share, id)
    })()
    return await use(db, place)
  } finally {
    db.close()
  }
}

/** A session whose ledger cannot be made has no shares, as at home, and stops nobody else's facts. */
function shareSafely(share: (id: string) => unknown, id: string): void {
  try {
    share(id)
  } catch (error) {
    console.error(`colophon: the ledger of session ${id} could not be made:`, error)
  }
}
