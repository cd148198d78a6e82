import { findingKeeper, type FindingKeeper } from '../../engine/findings/keep.ts'
import { openTemporary } from '../../engine/store/temporary-database.ts'
import type { Db } from '../../engine/store/database.ts'
import { createWriter } from '../../engine/store/writer.ts'
import type { TeamReader } from '../connection.ts'
import { sessionForgetter } from '../mirror/forget-session.ts'
import { bringHistory } from '../mirror/bring-past.ts'
import { projectedFacts } from '../mirror/projected-facts.ts'
import type { TeamTable } from '../projection/describe.ts'
import { sendable, type FactRow, type StoredRow } from '../projection/fact-tables.ts'
import type { FactsWriter } from '../projection/facts-writer.ts'
import { blockOf } from '../projection/progress.ts'
import { chunksOf } from '../records/chunks.ts'
import type { Bounds } from '../records/bounds.ts'
import type { RawTables } from '../records/generation.ts'
import { readTellingLogs } from '../records/read-telling-logs.ts'
import { staleFindings } from './stale.ts'
import { asLists, foundColumns, readFindings } from './table.ts'

interface Stores {
  readonly raw: TeamReader
  readonly rawTables: RawTables
  readonly facts: TeamReader
  readonly writer: FactsWriter
  readonly tables: readonly TeamTable[]
  readonly findings: TeamTable
  /** Version of the code that makes facts. */
  readonly schema: number
}

/** Of so many sessions facts are in one database, with what was before them: all of these is brought again for the next ones. */
const atOnce = 500

/**
 * Finds the findings of the sessions that may have others than are kept, by home's own code over facts alone; how many those are.
 * Whoever made the facts: what a session is compared with is all that was before it. Where no facts are new nothing is looked at.
 */
export function findingsFinder(stores: Stores): () => Promise<number> {
  let seen = ''
  return async () => {
    const stands = await standOf(stores.facts)
    if (stands === seen || (await isNewerThere(stores))) return 0
    const stale = await staleFindings(stores.facts)
    let others = 0
    for (let from = 0; from < stale.length; from += atOnce)
      others += await findSome(stores, stale.slice(from, from + atOnce))
    seen = stands
    return others
  }
}

/** Another one once anybody has written facts of a session. */
async function standOf(facts: TeamReader): Promise<string> {
  const [row] = await facts.rows<{ block: string }>(`SELECT toString(max(${blockOf})) AS block FROM colophon_sessions`)
  return row?.block ?? ''
}

/** A projector of a newer Colophon is at work beside this one, or was: what it finds is left as it is. */
async function isNewerThere({ facts, schema }: Stores): Promise<boolean> {
  const [row] = await facts.rows<{ newest: string }>(
    'SELECT toString(bitShiftRight(max(revision), 56)) AS newest FROM colophon_sessions',
  )
  return Number(row?.newest ?? 0) > schema
}

async function findSome(stores: Stores, ids: readonly string[]): Promise<number> {
  const { raw, rawTables, facts, tables, findings, writer } = stores
  const db = openTemporary()
  try {
    const members = await withHelpers(facts, ids)
    // What tells of a session and yields no fact, first: the facts that come of these records as well are taken away again.
    const store = createWriter(db)
    for await (const body of readTellingLogs(raw, rawTables, members)) store.store([{ ...body, origin: 'received' }])
    const forget = sessionForgetter(db)
    for (const id of members) forget(id)
    // Before the facts: of a session that gets others meanwhile they are found again.
    const revisions = await revisionsOf(facts, ids)
    await projectedFacts(facts, tables).bring(db, members)
    const { fromNs, toNs } = beganBetween(db, ids)
    await bringHistory(facts, tables, db, members, fromNs, toNs)
    findThose(db, ids)
    const rowsOf = foundReader(db, findings)
    const known = await readFindings(facts, findings, ids)
    const others = [...revisions].flatMap(([id, ofRevision]) => {
      const before = known.get(id)
      const rows = rowsOf(id)
      if (before?.ofRevision === ofRevision && JSON.stringify(before.rows) === JSON.stringify(rows)) return []
      const revision = String(BigInt(before?.revision ?? 0) + 1n)
      return [{ session_id: id, of_revision: ofRevision, ...asLists(rows, findings), revision }]
    })
    await writer.insert(findings.name, others)
    return others.length
  } finally {
    db.close()
  }
}

async function revisionsOf(facts: TeamReader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await facts.rows<{ id: string; stands: string }>(
    'SELECT id, toString(revision) AS stands FROM colophon_sessions FINAL WHERE id IN {ids:Array(String)}',
    { ids },
  )
  return new Map(rows.map(({ id, stands }) => [id, stands]))
}

/** With the sessions below them, whose cost is a finding of theirs. */
async function withHelpers(facts: TeamReader, ids: readonly string[]): Promise<readonly string[]> {
  const members = new Set(ids)
  let next = ids
  while (next.length > 0) {
    const below: string[] = []
    for (const some of chunksOf(next))
      for (const { id } of await facts.rows<{ id: string }>(
        'SELECT id FROM colophon_sessions FINAL WHERE parent_id IN {ids:Array(String)}',
        { ids: some },
      ))
        if (!members.has(id)) below.push(id)
    for (const id of below) members.add(id)
    next = below
  }
  return [...members]
}

function beganBetween(db: Db, ids: readonly string[]): Bounds {
  const found = db
    .prepare<[string], { fromNs: bigint | null; toNs: bigint | null }>(
      'SELECT min(first_ns) AS fromNs, max(first_ns) AS toNs FROM session WHERE id IN (SELECT value FROM json_each(?))',
    )
    .safeIntegers(true)
    .get(JSON.stringify(ids))
  return { fromNs: found?.fromNs ?? 0n, toNs: found?.toNs ?? 0n }
}

function findThose(db: Db, ids: readonly string[]): void {
  db.exec('DELETE FROM unfound')
  const mark = db.prepare<[string]>('INSERT INTO unfound (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  for (const id of ids) mark.run(id)
  const keeper = findingKeeper(db)
  for (let id = keeper.next(); id !== null; id = keeper.next()) findSafely(keeper, id)
}

/** A session whose findings cannot be found has none, as at home, and stops nobody else's. */
function findSafely(keeper: FindingKeeper, id: string): void {
  try {
    keeper.find(id)
  } catch (error) {
    console.error('colophon: the findings of a session could not be found:', error)
  }
}

function foundReader(db: Db, findings: TeamTable): (id: string) => readonly FactRow[] {
  const select = db
    .prepare<[string], StoredRow>(
      `SELECT ${foundColumns(findings).join(', ')} FROM finding WHERE session_id = ? ORDER BY kind, subject`,
    )
    .safeIntegers(true)
  return (id) => select.all(id).map(sendable)
}
