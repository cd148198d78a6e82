import { sessionSpans } from '../history/session-spans.ts'
import { decompress } from './compression.ts'
import type { Db } from './database.ts'
import type { Ingester } from './ingest.ts'
import { metricsPrunedKey } from './prune.ts'
import { recordVersions } from './record-versions.ts'
import { factTables, rowsOf } from './session-tables.ts'
import { signalsByNumber } from './signal-numbers.ts'

/** The index into bodies. */
const index = ['span', 'span_link', 'trace_conversation', 'log', 'misread']
/** Sums of points cannot be made again once some of the points are gone. */
const metrics = ['metric_point', 'metric_minute', 'metric_level', 'metric_series']
const prunedIds = 'SELECT session_id FROM pruned_session'
const pruned = `(${prunedIds})`
const linked = rowsOf(prunedIds)
/** Which facts stay: those of sessions of which raw records are gone. What remains of them is added, and changes nothing. */
const keptFacts: Readonly<Record<string, string>> = {
  ...linked,
  // Told by the records of another session, which may be the one that was pruned.
  spawn: `session_id IN ${pruned} OR parent_id IN ${pruned}`,
  review: `parent_id IN ${pruned} OR ${linked.review}`,
  ...Object.fromEntries(factTables.map((table) => [table, `session_id IN ${pruned}`])),
  session: `id IN ${pruned}`,
}

interface BodyRow {
  id: number
  signal: number
  codec: number
  bytes: Buffer
}

/** Derives all facts anew in steps, between which bodies are stored as ever; a crash only delays the rest. */
export interface Rebuild {
  /** Takes away everything that is derived. */
  begin(): void
  /** Works for about `budgetMs` in one transaction; true when nothing is left, or nothing was begun. */
  step(budgetMs: number): boolean
  /** Of the last one that was begun: the ids of bodies that are done, and the last id; null when nothing is left. */
  progress(): { readonly done: number; readonly total: number } | null
}

/** Kept in the database until the last step: the bodies in (after, last] are to be done. */
interface Mark {
  readonly after: number
  readonly last: number
  readonly samples: readonly string[]
}

const markKey = 'rebuild.running'

export function rebuildInSteps(db: Db, ingest: Ingester): Rebuild {
  const next = db.prepare<[number, number], BodyRow>(
    'SELECT id, signal, codec, bytes FROM body WHERE id > ? AND id <= ? ORDER BY id LIMIT 1',
  )
  const readMark = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck()
  const writeMark = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  const fileSessions = sessionSpans(db)
  const removeMark = db.prepare('DELETE FROM setting WHERE key = ?')

  const metricsPruned = (): boolean => readMark.get(metricsPrunedKey) !== undefined

  function begin(): void {
    const samples = db.prepare<[], string>('SELECT id FROM session WHERE sample = 1').pluck().all()
    const anyPruned = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM pruned_session)').pluck().get() === 1
    for (const table of index) db.exec(`DELETE FROM ${table}`)
    recordVersions(db).renewAll()
    if (!metricsPruned()) for (const table of metrics) db.exec(`DELETE FROM ${table}`)
    for (const [table, kept] of Object.entries(keptFacts))
      db.exec(anyPruned ? `DELETE FROM ${table} WHERE NOT coalesce(${kept}, 0)` : `DELETE FROM ${table}`)
    const last = db.prepare<[], number | null>('SELECT max(id) FROM body').pluck().get() ?? 0
    writeMark.run(markKey, JSON.stringify({ after: 0, last, samples } satisfies Mark))
  }

  function step(budgetMs: number): boolean {
    const text = readMark.get(markKey)
    if (text === undefined) return true
    const { last, samples, after } = JSON.parse(text) as Mark
    const until = performance.now() + budgetMs
    const skipsMetrics = metricsPruned()
    let done = after
    let body = next.get(done, last)
    while (body !== undefined && performance.now() < until) {
      const of = signalsByNumber.get(body.signal)
      if (of !== undefined && !(of === 'metrics' && skipsMetrics))
        ingest.reindex(of, body.id, decompress(body.codec, body.bytes))
      done = body.id
      body = next.get(done, last)
    }
    if (body !== undefined) {
      writeMark.run(markKey, JSON.stringify({ after: done, last, samples } satisfies Mark))
      return false
    }
    const mark = db.prepare('UPDATE session SET sample = 1 WHERE id = ?')
    for (const id of samples) mark.run(id)
    fileSessions.renewAll()
    removeMark.run(markKey)
    return true
  }

  const whole = <A extends unknown[], R>(run: (...args: A) => R) => {
    const transaction = db.transaction(run)
    return (...args: A): R => {
      try {
        return transaction.immediate(...args)
      } catch (error) {
        // What was rolled back may have given ids to names.
        ingest.forget()
        throw error
      }
    }
  }
  function progress(): { done: number; total: number } | null {
    const text = readMark.get(markKey)
    if (text === undefined) return null
    const { after, last } = JSON.parse(text) as Mark
    return { done: after, total: last }
  }
  return { begin: whole(begin), step: whole(step), progress }
}
