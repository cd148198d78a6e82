import type { Db } from '../../engine/store/database.ts'
import { sources } from '../../engine/panels/sources.ts'
import { dimensionsWriter } from '../../engine/store/dimensions.ts'
import type { TeamReader } from '../connection.ts'
import type { TeamTable } from '../projection/describe.ts'
import { inLanes } from '../projection/in-lanes.ts'
import { sessionTable } from '../projection/fact-tables.ts'
import { asParams, nanoseconds } from '../records/bounds.ts'
import { chunksOf } from '../records/chunks.ts'
import { bringFindings } from './bring-findings.ts'
import { bringMetrics, bringSeries } from './bring-metrics.ts'
import { bringPast } from './bring-past.ts'
import type { FactsSource, Known, Part, Relatives } from './facts-source.ts'
import { rowInserter, selectRows, type Values } from './row-inserter.ts'

const inRange = 'last_ns >= {fromNs:Int64} AND first_ns < {toNs:Int64}'

/** Facts that `colophon project` has written, and findings where their table is among them. */
export function projectedFacts(facts: TeamReader, present: readonly TeamTable[]): FactsSource {
  const ofFindings = present.find(({ source }) => source === 'finding')
  const tables = present.filter((table) => table !== ofFindings)
  const ofSession = tables.find(({ source }) => source === sessionTable)
  if (ofSession === undefined) throw new Error('no table of sessions is described')
  return {
    sessions: async ({ fromMs, toMs }, most) => {
      const bound = { ...asParams({ fromNs: nanoseconds(fromMs), toNs: nanoseconds(toMs) }), most }
      const rows = await facts.rows<Known & { total: string }>(
        `SELECT id, toString(revision) AS revision, toString(count() OVER ()) AS total FROM colophon_sessions FINAL
         WHERE ${inRange} ORDER BY first_ns DESC, id LIMIT {most:UInt32}`,
        bound,
      )
      return { sessions: rows.map(({ id, revision }) => ({ id, revision })), total: Number(rows[0]?.total ?? 0) }
    },
    family: (id) => familyOf(facts, id),
    async bring(db, ids, at, part) {
      let done = 0
      for (const some of chunksOf(ids)) {
        at?.(done, ids.length)
        await bringSome(facts, tables, ofSession, db, some, part)
        done += some.length
      }
    },
    bringSeries: (db) => bringSeries(facts, db),
    bringMetrics: (db, range) => bringMetrics(facts, db, range),
    bringFindings: async (db, ids, held) => {
      if (ofFindings !== undefined) await bringFindings(facts, ofFindings, db, ids, held)
    },
    bringPast: (db, ids, lasted) => bringPast(facts, tables, db, ids, lasted),
  }
}

/** Circles and depths that no run has end the way, as at home. */
const generations = 20

async function familyOf(facts: TeamReader, id: string): Promise<Relatives> {
  const known = new Set([id])
  let lastNs: bigint | null = null
  let latest: readonly string[] = [id]
  for (let depth = 0; depth < generations && latest.length > 0; depth++) {
    const rows = await facts.rows<{ id: string; parent: string | null; lastNs: string }>(
      `SELECT id, parent_id AS parent, toString(last_ns) AS lastNs FROM colophon_sessions FINAL
       WHERE id IN {ids:Array(String)} OR parent_id IN {ids:Array(String)}`,
      { ids: latest },
    )
    for (const row of rows) if (lastNs === null || BigInt(row.lastNs) > lastNs) lastNs = BigInt(row.lastNs)
    latest = rows
      .flatMap(({ id: own, parent }) => [own, ...(parent === null ? [] : [parent])])
      .filter((one) => !known.has(one))
    for (const one of latest) known.add(one)
  }
  return { ids: [...known], lastNs }
}

const ofRevisions = `session_id IN {ids:Array(String)}
  AND revision = transform(session_id, {ids:Array(String)}, {revisions:Array(UInt64)}, toUInt64(0))`

/** What panels read, and filters beside it. */
const summed = new Set([...sources.flatMap(({ fact }) => fact ?? []), 'session_attribute'])

/** While the rows of one table are put here, the server makes those of another ready. */
const lanes = 2

/** The sessions' own rows name the revisions that count; a session is there once all of its other rows are. */
async function bringSome(
  facts: TeamReader,
  tables: readonly TeamTable[],
  ofSession: TeamTable,
  db: Db,
  ids: readonly string[],
  part?: Part,
): Promise<void> {
  const found = await sessionsOf(facts, ofSession, db, ids)
  if (found.length === 0) return
  const current = { ids: found.map(({ id }) => id), revisions: found.map(({ revision }) => BigInt(revision)) }
  const wanted = tables.filter(
    ({ source }) => source !== sessionTable && (part === undefined || summed.has(source) === (part === 'summed')),
  )
  await inLanes([...wanted], { lanes, atOnce: 1 }, async ([table]) => {
    if (table !== undefined) await bringRows(facts, db, table, ofRevisions, current)
  })
  if (part === 'others') return
  const putSessions = rowInserter(db, ofSession)
  const writeDimensions = dimensionsWriter(db)
  db.transaction(() => {
    putSessions(found.map(({ row }) => row))
    writeDimensions(JSON.stringify(current.ids))
  })()
}

/** As they stand now: a session's row and its revision are read at once, for the row before is merged away. */
async function sessionsOf(
  facts: TeamReader,
  ofSession: TeamTable,
  db: Db,
  ids: readonly string[],
): Promise<readonly (Known & { readonly row: Values })[]> {
  const query = selectRows(db, ofSession, 'id IN {ids:Array(String)}', {
    final: true,
    first: ['id', 'toString(revision) AS stands'],
  })
  const found: (Known & { readonly row: Values })[] = []
  for await (const rows of facts.values<readonly [string, string, ...Values]>(query, { ids }))
    for (const [id, revision, ...row] of rows) found.push({ id, revision, row })
  return found
}

async function bringRows(
  facts: TeamReader,
  db: Db,
  table: TeamTable,
  condition: string,
  bound: { readonly ids: readonly string[]; readonly revisions: readonly bigint[] },
): Promise<void> {
  const put = rowInserter(db, table)
  for await (const rows of facts.values<Values>(selectRows(db, table, condition), bound)) put(rows)
}
