import type { Db } from '../../engine/store/database.ts'
import { dimensionWriter } from '../../engine/store/dimensions.ts'
import type { TeamTable } from '../projection/describe.ts'
import { factsVersion } from '../projection/facts-version.ts'
import { withFacts } from '../projection/make-facts.ts'
import { factsReader } from '../projection/session-facts.ts'
import { promptCounter } from '../projection/title-neighbours.ts'
import { nanoseconds, type Bounds } from '../records/bounds.ts'
import { listSessions } from '../records/list-sessions.ts'
import { findSessions } from '../records/read-sessions.ts'
import type { FactsSource } from './facts-source.ts'
import type { RawStore } from './family.ts'
import { madeInserter } from './row-inserter.ts'

/** Of so many sessions facts are made for a list; of a team's month that nobody has projected they would take minutes. */
export const mostOnTheSpot = 200
/** Sessions whose records go through one database at a time. */
const atOnce = 50

/** Facts where nobody projects them: made of the records when somebody asks, by the projector's own code. */
export function factsOnTheSpot(store: RawStore, tables: readonly TeamTable[]): FactsSource {
  const between = (bounds: Bounds, most: number) =>
    listSessions(store.raw, store.tables, bounds, Math.min(most, mostOnTheSpot))
  return {
    sessions: ({ fromMs, toMs }, most) => between({ fromNs: nanoseconds(fromMs), toNs: nanoseconds(toMs) }, most),
    async family(id) {
      const { logs } = await findSessions(store.raw, store.tables, [id])
      if (logs === null) return { ids: [id], lastNs: null }
      const { sessions } = await between(logs, atOnce)
      const ids = [...new Set([id, ...sessions.map((session) => session.id)])]
      return withFacts(store, ids, undefined, (db) => Promise.resolve({ ids: relativesOf(db, id), lastNs: null }))
    },
    async bring(db, ids, at, part) {
      // They are made together.
      if (part === 'others') return
      for (let from = 0; from < ids.length; from += atOnce) {
        at?.(from, ids.length)
        await bringSome(store, tables, db, ids.slice(from, from + atOnce))
      }
    },
    bringFindings: () => Promise.resolve(),
    bringPast: () => Promise.resolve(),
    bringSeries: () => Promise.resolve(),
    bringMetrics: () => Promise.resolve(),
  }
}

async function bringSome(store: RawStore, tables: readonly TeamTable[], db: Db, ids: readonly string[]): Promise<void> {
  const puts = tables.map((table) => [table.name, madeInserter(db, table)] as const)
  const writeDimension = dimensionWriter(db)
  await withFacts(store, ids, undefined, (made) => {
    const read = factsReader(made, tables, factsVersion())
    const prompts = promptCounter(made)
    for (const id of ids) {
      const facts = read(id, prompts(id))
      if (facts === null) continue
      for (const [name, put] of puts) put(facts.rows.get(name) ?? [])
      writeDimension(id)
    }
    return Promise.resolve()
  })
}

function relativesOf(db: Db, id: string): readonly string[] {
  const found = db
    .prepare<[string], string>(
      `WITH RECURSIVE relative (id) AS (
         SELECT ? UNION SELECT session.id FROM relative JOIN session
           ON session.parent_id = relative.id OR session.id = (SELECT parent_id FROM session AS own WHERE own.id = relative.id)
       ) SELECT id FROM relative`,
    )
    .pluck()
    .all(id)
  return found
}
