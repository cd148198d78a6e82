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
  /** Takes away what was stored; costs a rebuild of all facts. */
  undo(): void
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
    undo() {
      if (touched) removeImported(db, writer, lastBefore)
      unmark(db)
    },
    finish: () => unmark(db),
  }
}

/** Called before anything else writes. */
export function undoUnfinishedImport(db: Db, writer: Writer): void {
  const mark = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck().get(markKey)
  if (mark === undefined) return
  removeImported(db, writer, Number(mark))
  unmark(db)
}

/** A fact may have come from a body that was there before as well: they are all derived again. */
function removeImported(db: Db, writer: Writer, lastBefore: number): void {
  const { changes } = db.prepare('DELETE FROM body WHERE origin = ? AND id > ?').run(origins.import, lastBefore)
  if (changes > 0) writer.rebuild()
}

function unmark(db: Db): void {
  db.prepare('DELETE FROM setting WHERE key = ?').run(markKey)
}
