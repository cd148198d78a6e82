import type { Quoting } from '../../../model/codex/conversation/quote.ts'
import { indexable, markOfKind } from '../../../model/codex/search/terms.ts'
import type { Db } from '../../store/database.ts'
import { outlineFile, type OutlinedFile } from '../conversation/outline-file.ts'
import { readLines } from '../conversation/read-lines.ts'
import { markOf } from '../file-mark.ts'
import type { FoundRollout } from '../find-rollouts.ts'
import type { KnownFile } from '../known-files.ts'
import { whatChanged } from '../what-changed.ts'
import { linesWithWords, textsOf, wordedEntry, type WordedEntry } from './entry-words.ts'
import { packEntry, unpackEntry } from './packed-entry.ts'

export interface WordIndexer {
  readonly files: () => readonly IndexedFile[]
  /**
   * Indexes a file as far as it is not, or has changed. `isNew`: it is written at this moment, and not of the past. Throws the system's
   * own error where it cannot be read.
   */
  readonly index: (file: FoundRollout, quoting: Quoting, isNew: boolean) => Promise<void>
  /** Takes a file's words out. */
  readonly remove: (rolloutId: string) => void
}

/** A file as it was when its words were indexed: entries whose lines all lie before `readTo` are there. */
type IndexedFile = Pick<KnownFile, 'rolloutId' | 'path' | 'bytes' | 'modifiedMs' | 'inode' | 'head' | 'readTo'> & {
  readonly id: number
}

/** Ids begin in the middle, with room for both ends, and small enough to take four bytes. */
const firstId = 2 ** 27
/** Read, indexed and committed at once: some 20 ms, after which somebody's question is answered. */
const bytesAtOnce = 512 * 1024
const linesAtOnce = 200
/** Of files that are written at this moment. */
const outlinesKept = 4

export function wordIndexer(db: Db): WordIndexer {
  const columns = `id, rollout_id AS rolloutId, path, bytes, modified_ms AS modifiedMs, inode, head, read_to AS readTo`
  const files = db.prepare<[], IndexedFile>(`SELECT ${columns} FROM file`)
  const find = db.prepare<[string], IndexedFile>(`SELECT ${columns} FROM file WHERE rollout_id = ?`)
  const begin = db.prepare<[string, string], { id: number }>(
    `INSERT INTO file (rollout_id, thread_id, path, bytes, modified_ms, inode, head, read_to, text_bytes)
     VALUES (?, ?, '', -1, 0, 0, '', 0, 0) ON CONFLICT DO UPDATE SET bytes = -1 RETURNING id`,
  )
  const count = db.prepare('UPDATE file SET text_bytes = text_bytes + ? WHERE id = ?')
  const end = db.prepare(
    'UPDATE file SET path = ?, bytes = ?, modified_ms = ?, inode = ?, head = ?, read_to = ? WHERE rollout_id = ?',
  )
  const bounds = db.prepare<[], { least: number | null; most: number | null }>(
    `SELECT min(id) AS least, max(id) AS most FROM (
       SELECT min(id) AS id FROM entry UNION ALL SELECT max(id) FROM entry
       UNION ALL SELECT min(first_id) FROM run UNION ALL SELECT max(first_id) FROM run)`,
  )
  const forget = db.prepare('DELETE FROM entry WHERE id = ?')
  const forgetWords = db.prepare('DELETE FROM words WHERE rowid = ?')
  const beginRun = db.prepare('INSERT INTO run (first_id, file) VALUES (?, ?)')
  const add = db.prepare('INSERT INTO entry (id, packed) VALUES (?, ?)')
  const addWords = db.prepare('INSERT INTO words (rowid, said) VALUES (?, ?)')
  const runs = db.prepare<[number], { first: number; end: number }>(
    `SELECT first_id AS first, coalesce((SELECT min(first_id) FROM run AS next WHERE next.first_id > run.first_id), ${String(2 ** 40)}) AS end
     FROM run WHERE file = ?`,
  )
  const within = db.prepare<[number, number], { id: number; packed: Buffer }>(
    'SELECT id, packed FROM entry WHERE id >= ? AND id < ?',
  )
  const endRuns = db.prepare('DELETE FROM run WHERE file = ?')
  const ofFile = (file: number): { id: number; packed: Buffer }[] =>
    runs.all(file).flatMap(({ first, end: next }) => within.all(first, next))
  const endFile = db.prepare('DELETE FROM file WHERE id = ?')
  const outlines = new Map<string, OutlinedFile>()

  const removeEntry = (id: number): void => {
    forgetWords.run(id)
    forget.run(id)
  }

  const remove = db.transaction((rolloutId: string) => {
    const known = find.get(rolloutId)
    if (known === undefined) return
    for (const { id } of ofFile(known.id)) removeEntry(id)
    endRuns.run(known.id)
    endFile.run(known.id)
  })

  async function outlined({ name, path }: FoundRollout, isNew: boolean): Promise<OutlinedFile> {
    const outline = await outlineFile(path, name, outlines.get(name.rolloutId))
    outlines.delete(name.rolloutId)
    if (isNew) outlines.set(name.rolloutId, outline)
    for (const oldest of [...outlines.keys()].slice(0, -outlinesKept)) outlines.delete(oldest)
    return outline
  }

  const write = (entry: WordedEntry, file: number, id: number, texts: readonly string[]): void => {
    add.run(id, packEntry(entry))
    addWords.run(id, `${markOfKind(entry.kind)} ${texts.map(indexable).join('\n')}`)
    count.run(
      texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
      file,
    )
  }

  async function indexFrom(readTo: number, file: FoundRollout, quoting: Quoting, isNew: boolean): Promise<number> {
    const { id } = begin.get(file.name.rolloutId, file.name.threadId) ?? { id: 0 }
    const { outline, end: readNow } = await outlined(file, isNew)
    const entries = outline.entries
      .filter(({ lines }) => lines.some(({ place }) => place.offset >= readTo))
      .map(wordedEntry)
      .filter((entry) => entry !== null)
    const { least, most } = bounds.get() ?? { least: null, most: null }
    let next = least === null || most === null ? firstId : isNew ? most + 1 : least - entries.length
    const grown = new Set(entries.map(({ lines }) => lines[0]?.place.offset ?? 0).filter((offset) => offset < readTo))
    db.transaction(() => {
      // More is said of a call than was known of it.
      if (grown.size > 0)
        for (const { id: known, packed } of ofFile(id))
          if (grown.has(unpackEntry(packed).lines[0]?.place.offset ?? -1)) removeEntry(known)
      if (entries.length > 0) beginRun.run(next, id)
    })()
    for (const some of portions(entries)) {
      const told = await readLines(
        file.path,
        file.name.packed,
        some.flatMap(({ lines }) => linesWithWords(lines)),
      )
      db.transaction(() => {
        for (const entry of some) {
          const texts = textsOf(entry, told, quoting)
          if (texts.length > 0) write(entry, id, next++, texts)
        }
      })()
      await breath()
    }
    return readNow
  }

  return {
    files: () => files.all(),
    remove,
    async index(file, quoting, isNew) {
      const { rolloutId, packed } = file.name
      const known = find.get(rolloutId)
      const whole = known?.bytes === -1 ? undefined : known
      const change = whatChanged(file, whole && { ...whole, home: '', archived: 0, state: '{}', problems: 0, gone: 0 })
      if (change.kind === 'nothing') return
      let readTo = whole?.readTo ?? 0
      if (change.kind === 'read') {
        // One that was left half done begins anew as well.
        if (known !== undefined && (change.renew || whole === undefined)) remove(rolloutId)
        readTo = await indexFrom(change.offset, file, quoting, isNew)
      }
      const head = packed ? '' : markOf(file.path, readTo)
      end.run(file.path, file.bytes, file.modifiedMs, file.inode, head, readTo, rolloutId)
    },
  }
}

function* portions(entries: readonly WordedEntry[]): Generator<readonly WordedEntry[]> {
  let [some, bytes, lines]: [WordedEntry[], number, number] = [[], 0, 0]
  for (const entry of entries) {
    some.push(entry)
    for (const { place } of entry.lines) {
      bytes += place.length
      lines++
    }
    if (bytes < bytesAtOnce && lines < linesAtOnce) continue
    yield some
    ;[some, bytes, lines] = [[], 0, 0]
  }
  if (some.length > 0) yield some
}

/** Lets the thread hear what is asked. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
