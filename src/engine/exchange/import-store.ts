import type { Signal } from '../../model/signal.ts'
import type { Db } from '../store/database.ts'
import { origins } from '../store/origins.ts'
import type { Writer } from '../store/writer.ts'
import { ImportError } from './import-error.ts'
import type { ImportBody, ImportPart, ImportTold } from './import-json.ts'
import { numberTold, removeTold, runningImport, sessionsToldOf, storeTold } from './import-told.ts'
import { knownRecords } from './known-records.ts'
import { filterRequest } from './split-request.ts'
import { touchedSessions } from './touched-sessions.ts'

/** What one body added. */
export interface StoredBody {
  readonly records: number
  readonly known: number
  readonly rejected: number
  /** Why nothing of it is stored, though it could be read. */
  readonly refused: string | null
}

/** One import's way into the store: all of it stays, or nothing. */
export interface ImportStore {
  /** Sessions that were received and that these records would add to, but for those that are there already. */
  touched(part: ImportPart): readonly string[]
  /** One transaction. Throws ImportError where nothing can be stored now. */
  store(bodies: readonly ImportBody[]): StoredBody[]
  /** The same of what session files told: how many files that were not known. */
  storeTold(told: ImportTold): number
  /**
   * Takes away what was stored, a little after each `next`, and derives all facts again: one may have come from a body that was
   * there before as well. A crash on the way is made up for at the next start.
   */
  undo(): Generator<void, void>
  /** What was stored stays, under the names of its files; `touched` are the sessions that it added to. */
  finish(files: readonly string[], touched: Iterable<string>): void
}

/** Kept in the database while an import runs, so that one that was cut off by a crash is undone at the next start. */
const markKey = 'import.running'
const takingBackKey = 'import.takingBack'

export function beginImport(db: Db, writer: Writer): ImportStore {
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM body').pluck()
  // What is known is looked up in what is derived: none of it may be missing.
  while (!writer.rebuilding.step(Infinity));
  let lastBefore = newest.get() ?? 0
  let touched = false
  const known = knownRecords(db, lastBefore)
  const touches = touchedSessions(db)
  writeMark(db, markKey, lastBefore)

  /** Ids are given again when the newest bodies are removed meanwhile, as those of the sample may be. */
  function follow(): void {
    const now = newest.get() ?? 0
    if (now >= lastBefore) return
    lastBefore = now
    writeMark(db, markKey, lastBefore)
  }

  /** What of a request is not there yet; null where nothing is. */
  function unknown({ signal, bytes }: ImportBody): { signal: Signal; skipped: number; bytes: Buffer | null } {
    const skipped = known(signal, bytes)
    const left = skipped.size === 0 ? bytes : filterRequest(bytes, (at) => !skipped.has(at))
    return { signal, skipped: skipped.size, bytes: left }
  }

  return {
    touched(part) {
      if ('rollouts' in part) return touches.received(sessionsToldOf(db, part))
      const { signal, bytes } = unknown(part)
      return bytes === null ? [] : touches.of(signal, bytes)
    },
    store(bodies) {
      follow()
      const wanted = bodies.map(unknown)
      const left = wanted.flatMap(({ signal, bytes }) =>
        bytes === null
          ? []
          : [{ signal, encoding: 'protobuf' as const, origin: 'import' as const, bytes: new Uint8Array(bytes) }],
      )
      touched ||= left.length > 0
      const stored = writer.store(left)
      let next = 0
      return wanted.map(({ bytes, skipped }) => {
        const answer = bytes === null ? undefined : stored[next++]
        if (answer === undefined) return { records: skipped, known: skipped, rejected: 0, refused: null }
        const { accepted, repeated } = answer
        if (accepted.kind === 'unavailable') throw new ImportError(accepted.message)
        if (accepted.kind !== 'stored')
          return { records: skipped, known: skipped, rejected: 0, refused: accepted.message }
        const { records, rejected } = accepted
        return { records: records + skipped, known: skipped + (repeated ? records : 0), rejected, refused: null }
      })
    },
    storeTold(told) {
      touched = true
      return storeTold(db, told)
    },
    *undo() {
      db.transaction(() => removeTold(db, runningImport)).immediate()
      if (touched) yield* removeAll(db, writer, (most) => removeBodies(db, lastBefore, most))
      unmark(db)
      touches.close()
    },
    finish(files, touched) {
      db.transaction(() => {
        noteRun(db, lastBefore, files, touched)
        unmark(db)
      }).immediate()
      touches.close()
    },
  }
}

function noteRun(db: Db, lastBefore: number, files: readonly string[], touched: Iterable<string>): void {
  const run = db
    .prepare('INSERT INTO import_run (at_ms, files) VALUES (?, ?)')
    .run(Date.now(), JSON.stringify(files)).lastInsertRowid
  const { changes } = db
    .prepare('INSERT INTO import_body (body, run) SELECT id, ? FROM body WHERE origin = ? AND id > ?')
    .run(run, origins.import, lastBefore)
  const add = db.prepare('INSERT INTO import_session (session_id, run) VALUES (?, ?)')
  const isTold = numberTold(db, Number(run))
  if (changes > 0 || isTold) for (const id of touched) add.run(id, run)
  else db.prepare('DELETE FROM import_run WHERE id = ?').run(run)
}

/**
 * The way back of an import that is done, a little after each `next`; one that a crash cuts off goes on at the next start. Of an unknown
 * one nothing is left.
 */
export function* takeBackImport(db: Db, writer: Writer, run: number): Generator<void, void> {
  const isThere = db.prepare<[number], number>('SELECT EXISTS (SELECT 1 FROM import_run WHERE id = ?)').pluck()
  if (isThere.get(run) === 0) return
  while (!writer.rebuilding.step(stepMs)) yield
  writeMark(db, takingBackKey, run)
  db.transaction(() => removeTold(db, run)).immediate()
  yield* removeAll(db, writer, (most) => removeOfRun(db, run, most))
}

function removeOfRun(db: Db, run: number, most: number): number {
  return db
    .prepare(
      'DELETE FROM body WHERE origin = ? AND id IN (SELECT body FROM import_body WHERE run = ? ORDER BY body LIMIT ?)',
    )
    .run(origins.import, run, most).changes
}

/** Called before anything else writes. Leaves the rebuild of the facts to whoever calls, in steps or at once. */
export function undoUnfinishedImport(db: Db, writer: Writer): void {
  const read = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck()
  const [running, takingBack] = [read.get(markKey), read.get(takingBackKey)]
  if (running === undefined && takingBack === undefined) return
  if (running !== undefined) {
    removeTold(db, runningImport)
    removeBodies(db, Number(running), -1)
  }
  if (takingBack !== undefined) {
    removeTold(db, Number(takingBack))
    removeOfRun(db, Number(takingBack), -1)
  }
  beginRebuild(db, writer)
}

/** `remove` takes some bodies away and tells how many; the facts follow. */
function* removeAll(db: Db, writer: Writer, remove: (most: number) => number): Generator<void, void> {
  while (remove(bodiesAtOnce) > 0) yield
  beginRebuild(db, writer)
  yield
  while (!writer.rebuilding.step(stepMs)) yield
}

/** Some 10 ms of work: a body has 1 MiB at most, packed a tenth of that. */
const bodiesAtOnce = 32
const stepMs = 15

function removeBodies(db: Db, lastBefore: number, most: number): number {
  return db
    .prepare('DELETE FROM body WHERE id IN (SELECT id FROM body WHERE origin = ? AND id > ? LIMIT ?)')
    .run(origins.import, lastBefore, most).changes
}

/** From here on the rebuild's own mark says what is to be done. */
function beginRebuild(db: Db, writer: Writer): void {
  db.transaction(() => {
    writer.rebuilding.begin()
    unmark(db)
  }).immediate()
}

function unmark(db: Db): void {
  db.prepare('DELETE FROM setting WHERE key IN (?, ?)').run(markKey, takingBackKey)
}

function writeMark(db: Db, key: string, value: number): void {
  db.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
    key,
    JSON.stringify(value),
  )
}
