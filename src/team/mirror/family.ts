import { createReader, type Reader } from '../../engine/queries/index.ts'
import type { Db } from '../../engine/store/database.ts'
import { openTemporary } from '../../engine/store/temporary-database.ts'
import type { TeamReader } from '../connection.ts'
import { ingest } from '../projection/ingest.ts'
import { promptedBeside } from '../projection/title-neighbours.ts'
import type { RawTables } from '../records/generation.ts'
import { findSessions, readSessions, type Body, type Place } from '../records/read-sessions.ts'

export interface RawStore {
  readonly raw: TeamReader
  readonly tables: RawTables
}

/** A session with those above and below it, from their records, as home would have it: home's own reader answers of it. */
export interface Family {
  readonly ids: readonly string[]
  readonly db: Db
  readonly reader: Reader
}

export function placeOf({ raw, tables }: RawStore, ids: readonly string[], untilNs?: bigint): Promise<Place> {
  return findSessions(raw, tables, ids, untilNs)
}

export interface FamilyRead {
  /** Only what facts are made of, which is there earlier. */
  readonly factsOnly: boolean
  /** Told how many records have been read. */
  readonly read?: (records: number) => void
}

export async function openFamily(
  { raw, tables }: RawStore,
  place: Place,
  silenceMs: number,
  { factsOnly, read = () => undefined }: FamilyRead,
): Promise<Family> {
  const db = openTemporary()
  try {
    const { ids, untilNs } = place
    await ingest(db, counted(readSessions(raw, tables, place, { factsOnly }), read))
    const beside = tables.logs === null ? [] : await promptedBeside(raw, tables.logs, db, ids)
    if (beside.length > 0)
      await ingest(db, readSessions(raw, tables, await findSessions(raw, tables, beside, untilNs), { factsOnly: true }))
    return { ids, db, reader: createReader(db, { silenceMs, dataDir: '' }) }
  } catch (error) {
    db.close()
    throw error
  }
}

async function* counted(bodies: AsyncIterable<Body>, read: (records: number) => void): AsyncGenerator<Body> {
  let records = 0
  for await (const body of bodies) {
    yield body
    records += body.holds
    read(records)
  }
}
