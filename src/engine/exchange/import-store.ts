import type { Db } from '../store/database.ts'
import { origins } from '../store/ingest.ts'
import type { Writer } from '../store/writer.ts'
import { ImportError } from './import-error.ts'
import type { ImportBody } from './import-json.ts'
import { knownRecords } from './known-records.ts'
import { filterRequest } from './split-request.ts'

/** What one body added. */
export interface StoredBody {
  readonly records: number
  readonly known: number
  readonly rejected: number
}

/** One import's way into the store: all of it stays, or nothing. */
export interface ImportStore {
  /** One transaction. Throws ImportError, with nothing of the bodies stored. */
  store(bodies: readonly ImportBody[]): StoredBody[]
  /**
   * Takes away what was stored, a little after each `next`, and derives all facts again: one may have come from a body that was
   * there before as well. A crash on the way is made up for at the next start.
   */
  undo(): Generator<void, void>
  /** What was stored stays. */
  finish(): void
}

/** Kept in the database while an import runs, so that one that was cut off by a crash is undone at the next start. */
const markKey = 'import.running'

export function beginImport(db: Db, writer: Writer): ImportStore {
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM body').pluck()
  const setMark = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  // What is known is looked up in what is derived: none of it may be missing.
  while (!writer.rebuilding.step(Infinity));
  let lastBefore = newest.get() ?? 0
  let touched = false
  const known = knownRecords(db, lastBefore)
  setMark.run(markKey, JSON.stringify(lastBefore))

  /** Ids are given again when the newest bodies are removed meanwhile, as those of the sample may be. */
  function follow(): void {
    const now = newest.get() ?? 0
    if (now >= lastBefore) return
    lastBefore = now
    setMark.run(markKey, JSON.stringify(lastBefore))
  }

  return {
    store(bodies) {
      follow()
      const wanted = bodies.map(({ signal, bytes }) => {
        const skipped = known(signal, bytes)
        return {
          signal,
          skipped: skipped.size,
          bytes: skipped.size === 0 ? bytes : filterRequest(bytes, (at) => !skipped.has(at)),
        }
      })
      const left = wanted.flatMap(({ signal, bytes }) =>
        bytes === null
          ? []
          : [{ signal, encoding: 'protobuf' as const, origin: 'import' as const, bytes: new Uint8Array(bytes) }],
      )
      touched ||= left.length > 0
      const stored = writer.store(left)
      const refused = stored.find(({ accepted }) => accepted.kind !== 'stored')?.accepted
      if (refused !== undefined && refused.kind !== 'stored') throw new ImportError(refused.message)
      let next = 0
      return wanted.map(({ bytes, skipped }) => {
        const answer = bytes === null ? undefined : stored[next++]
        if (answer === undefined || answer.accepted.kind !== 'stored')
          return { records: skipped, known: skipped, rejected: 0 }
        const { records, rejected } = answer.accepted
        return { records: records + skipped, known: skipped + (answer.repeated ? records : 0), rejected }
      })
    },
    *undo() {
      if (touched) yield* removeImported(db, writer, lastBefore)
      unmark(db)
    },
    finish: () => unmark(db),
  }
}

/** Called before anything else writes. Leaves the rebuild of the facts to whoever calls, in steps or at once. */
export function undoUnfinishedImport(db: Db, writer: Writer): void {
  const mark = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck().get(markKey)
  if (mark === undefined) return
  removeBodies(db, Number(mark), Infinity)
  beginRebuild(db, writer)
}

function* removeImported(db: Db, writer: Writer, lastBefore: number): Generator<void, void> {
  while (removeBodies(db, lastBefore, bodiesAtOnce) > 0) yield
  beginRebuild(db, writer)
  yield
  while (!writer.rebuilding.step(stepMs)) yield
}

/** Some 10 ms of work: a body has 1 MiB at most, packed a tenth of that. */
const bodiesAtOnce = 32
const stepMs = 15

function removeBodies(db: Db, lastBefore: number, most: number): number {
  const limit = Number.isFinite(most) ? most : -1
  return db
    .prepare('DELETE FROM body WHERE id IN (SELECT id FROM body WHERE origin = ? AND id > ? LIMIT ?)')
    .run(origins.import, lastBefore, limit).changes
}

/** From here on the rebuild's own mark says what is to be done. */
function beginRebuild(db: Db, writer: Writer): void {
  db.transaction(() => {
    writer.rebuilding.begin()
    unmark(db)
  }).immediate()
}

function unmark(db: Db): void {
  db.prepare('DELETE FROM setting WHERE key = ?').run(markKey)
}
