import type { TeamReader } from '../connection.ts'
import type { RawTables } from '../records/generation.ts'
import { countRecords } from '../records/read-sessions.ts'
import type { Changed } from './changed-sessions.ts'
import type { TeamTable } from './describe.ts'
import { sessionTable, teamName, type FactRow } from './fact-tables.ts'
import type { FactsWriter } from './facts-writer.ts'
import type { UserHash } from './hash-users.ts'
import { withFacts } from './make-facts.ts'
import { factsReader, type SessionFacts } from './session-facts.ts'
import { promptCounter, titlesBeside } from './title-neighbours.ts'

export interface Stores {
  readonly raw: TeamReader
  readonly rawTables: RawTables
  readonly facts: TeamReader
  readonly writer: FactsWriter
  readonly tables: readonly TeamTable[]
  /** Version of the code that makes facts. */
  readonly schema: number
  readonly hashUser: UserHash | null
}

export interface ProjectedBatch {
  /** Sessions whose facts are new, with the revision that they had; null: none. */
  readonly written: readonly { readonly id: string; readonly before: bigint | null }[]
  readonly logs: number
  readonly spans: number
  /** Others whose facts these may have changed. */
  readonly affected: readonly string[]
}

/** The records of some sessions through the ingest and the settling of home, in a database that is gone when they are written. */
export async function projectBatch(stores: Stores, ids: readonly string[], changed: Changed): Promise<ProjectedBatch> {
  const { raw, rawTables, facts } = stores
  const known = await knownFacts(facts, ids)
  const until = latest(...ids.flatMap((id) => [known.get(id)?.lastNs, changed.get(id)])) || undefined
  return withFacts({ raw, tables: rawTables }, ids, until, async (db, place) => {
    const read = factsReader(db, stores.tables, stores.schema, stores.hashUser)
    const prompts = promptCounter(db)
    const made = ids.flatMap((id) => read(id, prompts(id)) ?? [])
    const newer = made.filter(({ id, revision }) => revision > (known.get(id)?.revision ?? -1n))
    await writeSessions(stores, newer)
    const users = newer.filter(({ kind }) => kind === 'user').map(({ id }) => id)
    return {
      written: newer.map(({ id }) => ({ id, before: known.get(id)?.revision ?? null })),
      ...(newer.length === 0 ? { logs: 0, spans: 0 } : await countRecords(raw, rawTables, place)),
      affected: await titlesBeside(facts, db, users),
    }
  })
}

interface Known {
  readonly revision: bigint
  readonly lastNs: bigint
}

async function knownFacts(facts: TeamReader, ids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  const rows = await facts.rows<{ id: string; revision: string; lastNs: string }>(
    `SELECT id, toString(revision) AS revision, toString(last_ns) AS lastNs
     FROM ${teamName(sessionTable)} FINAL WHERE id IN {ids:Array(String)}`,
    { ids },
  )
  return new Map(rows.map((row) => [row.id, { revision: BigInt(row.revision), lastNs: BigInt(row.lastNs) }]))
}

/** All records are at most as late as the latest that were found now or are in the facts. */
function latest(...moments: readonly (bigint | undefined)[]): bigint {
  return moments.reduce<bigint>((last, moment = 0n) => (moment > last ? moment : last), 0n)
}

/** The rows of the sessions themselves last: whoever reads takes of the other tables what bears the revision that stands there. */
async function writeSessions({ writer, tables }: Stores, sessions: readonly SessionFacts[]): Promise<void> {
  for (const { name } of tables) {
    const rows: FactRow[] = sessions.flatMap((session) => session.rows.get(name) ?? [])
    await writer.insert(name, rows)
  }
}
