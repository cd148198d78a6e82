import { setImmediate } from 'node:timers/promises'
import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Db } from '../store/database.ts'
import { scanBodies, type Found } from './body-scan.ts'
import { searchAnswer } from './search-answer.ts'
import { searchIndex, type SearchIndex } from './search-index.ts'
import { searchMemory, type FoundHere } from './search-memory.ts'
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

/**
 * Looked for in the first bodies of the first long session that is opened, by both threads: code that has run before makes a first
 * search take 180 to 250 ms instead of 310 to 360. In some of Codex's spans it stands, in most it does not.
 */
const warmUp = { words: 'codex.', bodies: 512 }

/** Where words occur in a session: read straight from the bytes of its bodies, every span and log of it. */
export function sessionSearch(db: Db, thread: SearchThread | null): SessionSearch {
  /** The newest search of each asker. */
  const newest = new Map<string, { job: SearchJob | null }>()
  const memory = searchMemory()
  let isWarm = false

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
      const sessionId = loaded.facts.rootId
      const own: { job: SearchJob | null } = { job: null }
      const isNewest = (): boolean => asker === undefined || newest.get(asker) === own
      if (asker !== undefined) {
        const before = newest.get(asker)?.job
        if (before) endJob(before)
        newest.set(asker, own)
      }
      const index = await searchIndex(db, loaded, setImmediate)
      const bodies = inOrder(index)
      const { found, missing } = memory.recall(sessionId, query, bodies)
      const isNew = new Set(missing)
      const job = searchJob(query, index.spans.bodies.filter(has(isNew)), index.logs.bodies.filter(has(isNew)))
      own.job = job
      if (isNewest()) for (const { body, ...here } of await scan(job)) found.set(job.shared[1 + body] ?? 0, here)
      if (!isNewest()) throw new ProcedureError('unavailable', 'a newer search of the same page has taken its place')
      if (asker !== undefined) newest.delete(asker)
      memory.keep(sessionId, query, missing, found)
      return searchAnswer(db, loaded, index, foundIn(bodies, found))
    },
    async prepare(loaded) {
      const { spans, logs } = await searchIndex(db, loaded, setImmediate)
      if (spans.bodies.length + logs.bodies.length <= fewBodies) return
      thread?.start()
      if (isWarm) return
      isWarm = true
      const job = (): SearchJob => searchJob(warmUp.words, spans.bodies.subarray(0, warmUp.bodies), new Int32Array())
      await Promise.all([scanBodies(db, job(), setImmediate), thread?.scan(job())])
    },
  }
}

/** As their numbers in an answer count them: those of spans first. */
function inOrder({ spans, logs }: SearchIndex): Int32Array {
  const bodies = new Int32Array(spans.bodies.length + logs.bodies.length)
  bodies.set(spans.bodies)
  bodies.set(logs.bodies, spans.bodies.length)
  return bodies
}

const has =
  (ids: ReadonlySet<number>) =>
  (id: number): boolean =>
    ids.has(id)

function foundIn(bodies: Int32Array, found: ReadonlyMap<number, FoundHere>): Found[] {
  const all: Found[] = []
  bodies.forEach((id, body) => {
    const here = found.get(id)
    if (here !== undefined) all.push({ body, ...here })
  })
  return all
}
