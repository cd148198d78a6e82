import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { storesEverything } from '../../../contract/settings.ts'
import type { FoundWords, WordsParams, WordsState } from '../../../contract/words.ts'
import { parseRolloutName } from '../../../model/codex/rollout/file-name.ts'
import type { Db } from '../../store/database.ts'
import { readSettings } from '../../store/settings.ts'
import { quotingOf } from '../conversation/quoting.ts'
import type { FoundRollout } from '../find-rollouts.ts'
import { longestText } from './entry-words.ts'
import { wordFinder, type WordFinder } from './find-words.ts'
import { wordIndexer, type WordIndexer } from './index-words.ts'
import { namedHits } from './named-hits.ts'
import { removeWords, wordsFile } from '../../store/remove-words.ts'
import { isOfDatabase, openWords } from '../../store/words-file.ts'

export interface WordsGiven {
  /** The store, read. */
  readonly db: Db
  readonly dataDir: string
  /** A file more is indexed. */
  readonly grown: () => void
}

export interface Words {
  /** Indexes what is not, the newest first, until all is or `goesOn` says no. */
  readonly look: (goesOn: () => boolean) => Promise<void>
  readonly find: (params: WordsParams) => Promise<FoundWords>
  readonly sessions: (words: string) => string[]
  readonly state: () => WordsState
  readonly close: () => void
}

/** Of sessions that the user deleted, or whose facts went with their days, no word stays: a hit would lead nowhere. */
const indexed = `FROM rollout_file WHERE thread_id NOT IN (SELECT session_id FROM removed_session)
  AND EXISTS (SELECT 1 FROM rollout WHERE session_id = thread_id AND rollout.rollout_id = rollout_file.rollout_id)`

/** A second's work. */
const mostToWriteAnew = 128 * 1024 * 1024
/** Of all texts: when so much has been added, the pieces of the index are brought together. */
const worthTidying = 0.1

interface Opened {
  readonly index: Db
  readonly covers: string
  readonly indexer: WordIndexer
  readonly finder: WordFinder
}

/** The index of words, of the files that history has read and that the privacy switches let through. */
export function keepWords({ db, dataDir, grown }: WordsGiven): Words {
  const read = db.prepare<[], { path: string; rolloutId: string }>(`SELECT path, rollout_id AS rolloutId ${indexed}`)
  const count = db.prepare<[], number>(`SELECT count(*) ${indexed}`).pluck()
  const covered = (): string => JSON.stringify(readSettings(db).privacy ?? storesEverything)
  const quoting = () => quotingOf(db, longestText, 0)
  let opened = open()
  let isReading = true

  const textBytes = (): number =>
    opened.index.prepare<[], number>('SELECT coalesce(sum(text_bytes), 0) FROM file').pluck().get() ?? 0

  function open(): Opened {
    const covers = covered()
    const index = openWords(dataDir, covers)
    return { index, covers, indexer: wordIndexer(index), finder: wordFinder(index) }
  }

  /** Nothing is left of what was in it, neither in pages that are free nor in the log. */
  function anew(): void {
    opened.index.close()
    removeWords(dataDir)
    opened = open()
  }

  async function look(goesOn: () => boolean): Promise<void> {
    if (covered() !== opened.covers) anew()
    const rows = read.all()
    const known = opened.indexer.files()
    const left = new Set(rows.map(({ rolloutId }) => rolloutId))
    const forgotten = known.filter(({ rolloutId }) => !left.has(rolloutId))
    if (forgotten.length > 0 && forgotten.length === known.length) anew()
    else for (const { rolloutId } of forgotten) opened.indexer.remove(rolloutId)

    const newest = known.reduce((most, { modifiedMs }) => Math.max(most, modifiedMs), 0)
    const found = rows.map(lookAt).filter((file) => file !== null)
    isReading = true
    const before = textBytes()
    for (const file of found.sort((a, b) => b.modifiedMs - a.modifiedMs)) {
      if (!goesOn()) return
      try {
        await opened.indexer.index(file, quoting(), newest > 0 && file.modifiedMs >= newest)
      } catch (error) {
        // Codex archives, packs and deletes while we read; what cannot be read, history tells of.
        if (isOfDatabase(error)) throw error
      }
      grown()
    }
    isReading = false
    if (textBytes() - before > textBytes() * worthTidying) await tidy(goesOn)
  }

  /** Brings the pieces that the index was written in together, a few pages at a time: it is half as large then. */
  async function tidy(goesOn: () => boolean): Promise<void> {
    const { index } = opened
    const merge = index.prepare("INSERT INTO words (words, rank) VALUES ('merge', ?)")
    const changes = index.prepare<[], number>('SELECT total_changes()').pluck()
    for (let pages = -200; goesOn() && opened.index === index; pages = 200) {
      const before = changes.get() ?? 0
      merge.run(pages)
      // As FTS5's documentation has it: fewer than two changes, and there was nothing to bring together.
      if ((changes.get() ?? 0) - before < 2) break
      await new Promise((resolve) => setImmediate(resolve))
    }
    // Entries of the past are put before those that are there, which leaves pages half empty. What is large would hold searches up.
    const size = index
      .prepare<[], number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
      .pluck()
    if ((size.get() ?? 0) < mostToWriteAnew) index.exec('VACUUM')
    else index.pragma('incremental_vacuum')
    index.pragma('wal_checkpoint(TRUNCATE)')
  }

  return {
    look,
    async find(params) {
      const { hits, before } = await opened.finder.find(params, quoting())
      return { state: isReading ? 'reading' : 'ready', hits: namedHits(db, hits), before }
    },
    sessions: (words) => opened.finder.sessions(words),
    state() {
      const bytes = ['', '-wal'].reduce(
        (all, ending) => all + (statSync(join(dataDir, wordsFile + ending), { throwIfNoEntry: false })?.size ?? 0),
        0,
      )
      const done = opened.index.prepare<[], number>('SELECT count(*) FROM file WHERE bytes >= 0').pluck()
      return { files: count.get() ?? 0, filesDone: done.get() ?? 0, textBytes: textBytes(), bytes }
    },
    close() {
      opened.index.close()
    },
  }
}

function lookAt({ path }: { path: string }): FoundRollout | null {
  const name = parseRolloutName(basename(path))
  const stat = statSync(path, { throwIfNoEntry: false })
  if (name === null || stat === undefined) return null
  return { path, name, archived: false, bytes: stat.size, modifiedMs: stat.mtimeMs, inode: stat.ino }
}
