import { setImmediate } from 'node:timers/promises'
import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Db } from '../store/database.ts'
import { scanBodies, type Found } from './body-scan.ts'
import { searchAnswer } from './search-answer.ts'
import { searchIndex } from './search-index.ts'
import { bodiesOf, endJob, searchJob, withoutBodies, type SearchJob } from './search-job.ts'
import type { LoadedTree } from './session-tree.ts'

/** A second thread that takes its share of a search. */
export interface SearchThread {
  start(): void
  /** What it found in the bodies that it took; null where it has died, and nobody knows. */
  scan(job: SearchJob): Promise<readonly Found[] | null>
  close(): Promise<void>
}

export interface SessionSearch {
  search(loaded: LoadedTree, params: ParsedParams<'session.search'>): Promise<Value<'session.search'>>
  /** Does what a first search would have to wait for. */
  prepare(loaded: LoadedTree): Promise<void>
}

/** So few bodies are looked through before another thread has heard of them. */
const fewBodies = 64

/** Where words occur in a session: read straight from the bytes of its bodies, every span and log of it. */
export function sessionSearch(db: Db, thread: SearchThread | null): SessionSearch {
  /** The newest search of each asker. */
  const newest = new Map<string, { job: SearchJob | null }>()

  async function scan(job: SearchJob): Promise<Found[]> {
    const aside = thread !== null && bodiesOf(job) > fewBodies ? thread.scan(job) : []
    const own = new Set<number>()
    const found = await scanBodies(db, job, setImmediate, (body) => own.add(body))
    const others = await aside
    if (others !== null) return [...found, ...others]
    // The other thread has died: what it took is looked through here.
    return [...found, ...(await scanBodies(db, withoutBodies(job, own), setImmediate))]
  }

  return {
    async search(loaded, { query, asker }) {
      const own: { job: SearchJob | null } = { job: null }
      const isNewest = (): boolean => asker === undefined || newest.get(asker) === own
      if (asker !== undefined) {
        const before = newest.get(asker)?.job
        if (before) endJob(before)
        newest.set(asker, own)
      }
      const index = await searchIndex(db, loaded, setImmediate)
      const job = searchJob(query, index.spans.bodies, index.logs.bodies)
      own.job = job
      const found = isNewest() ? await scan(job) : []
      if (!isNewest()) throw new ProcedureError('unavailable', 'a newer search of the same page has taken its place')
      if (asker !== undefined) newest.delete(asker)
      return searchAnswer(
        db,
        loaded,
        index,
        found.sort((a, b) => a.body - b.body),
      )
    },
    async prepare(loaded) {
      const { spans, logs } = await searchIndex(db, loaded, setImmediate)
      if (spans.bodies.length + logs.bodies.length > fewBodies) thread?.start()
    },
  }
}
