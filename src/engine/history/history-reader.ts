import { statSync } from 'node:fs'
import type { HistoryProgress, HistoryScanned, HistoryStatus } from '../../contract/history.ts'
import type { Db } from '../store/database.ts'
import type { Sought } from './codex-home.ts'
import { findRollouts, isRather, wordsOf } from './find-rollouts.ts'
import { knownFilesReader, type KnownFiles } from './known-files.ts'
import type { Look } from './messages.ts'
import { readHomes, type FileInHome, type HistoryBatch } from './read-homes.ts'

export interface HistoryReaderGiven {
  readonly db: Db
  readonly write: (batch: HistoryBatch) => Promise<void>
  readonly progress: (progress: HistoryProgress | null) => void
}

export interface HistoryReader {
  /** Reads what has changed in these homes, newest first; one pass at a time, and a later one stops the one before where it may. */
  pass(sought: Sought, goesOn: () => boolean): Promise<HistoryScanned>
  look(sought: Sought): Look
}

/** So many are told of; all are counted. */
const mostProblems = 20

export function historyReader({ db, write, progress }: HistoryReaderGiven): HistoryReader {
  const known = knownFilesReader(db)
  const read = db.prepare<[], Look['read']>(
    `SELECT count(*) AS files, count(DISTINCT thread_id) AS sessions, coalesce(sum(problems), 0) AS skipped FROM rollout_file
     WHERE thread_id NOT IN (SELECT id FROM session WHERE sample = 1)`,
  )
  const linesSkipped = db.prepare<[string], number>('SELECT problems FROM rollout_file WHERE rollout_id = ?').pluck()
  const passedOver = db.prepare<[number], { path: string; lines: number; at: number | null }>(
    `SELECT path, problems AS lines, state ->> 'problemAt' AS at FROM rollout_file WHERE problems > 0 ORDER BY modified_ms DESC LIMIT ?`,
  )
  let problems = new Map<string, string>()
  const told = (): HistoryStatus['problems'] =>
    [
      ...[...problems].map(([path, words]) => ({ path, words })),
      ...passedOver.all(mostProblems).map(({ path, lines, at }) => ({ path, words: passedOverWords(lines, at) })),
    ].slice(0, mostProblems)

  return {
    async pass(sought, goesOn) {
      const begun = performance.now()
      const before = known()
      const found = filesIn(sought, before)
      problems = found.problems
      try {
        await readHomes({
          files: found.files,
          known: before,
          write,
          goesOn,
          progress,
          problem: (path, words) => problems.set(path, words),
        })
      } finally {
        progress(null)
      }
      const readable = found.files.filter(({ path }) => !problems.has(path))
      const lines = readable.reduce((sum, { name }) => sum + (linesSkipped.get(name.rolloutId) ?? 0), 0)
      return {
        files: readable.length,
        sessions: new Set(readable.map(({ name }) => name.threadId)).size,
        bytes: readable.reduce((sum, { bytes }) => sum + bytes, 0),
        seconds: Math.round(performance.now() - begun) / 1000,
        skipped: problems.size + lines,
        ...(problems.size + lines === 0 ? {} : { problems: told() }),
      }
    },
    look({ homes, archived }) {
      const found = homes.map((home) => {
        const { files: all, problems: own } = findRollouts(home)
        const files = all.filter((file) => archived || !file.archived)
        const oldest = files.map(({ name }) => Date.parse(name.startedLocal.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:')))
        return {
          path: home,
          files: files.length,
          bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
          sinceMs: files.length === 0 ? null : oldest.reduce((a, b) => Math.min(a, b)),
          problem: own[0]?.words ?? missing(home),
        }
      })
      const nothing = { files: 0, sessions: 0, skipped: 0 }
      return { found, read: read.get() ?? nothing, problems: told() }
    },
  }
}

function missing(path: string): string | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined ? 'there is no such folder' : null
  } catch (error) {
    return wordsOf(error)
  }
}

/** `3 lines are broken or too long and were skipped, the first at byte 12,345` */
function passedOverWords(lines: number, at: number | null): string {
  const first = at === null ? '' : `, ${lines === 1 ? '' : 'the first '}at byte ${at.toLocaleString('en')}`
  return `${lines === 1 ? '1 line is' : `${lines.toLocaleString('en')} lines are`} broken or too long and ${lines === 1 ? 'was' : 'were'} skipped${first}`
}

/** Of all homes together, newest first. A home that is a copy of another one holds the same rollouts: each is read from one of them. */
function filesIn(
  { homes, archived }: Sought,
  known: KnownFiles,
): { files: FileInHome[]; problems: Map<string, string> } {
  const files = new Map<string, FileInHome>()
  const problems = new Map<string, string>()
  for (const home of new Set(homes)) {
    const found = findRollouts(home)
    for (const file of found.files) {
      if (file.archived && !archived && !known.has(file.name.rolloutId)) continue
      const other = files.get(file.name.rolloutId)
      if (other === undefined || isRather(file, other)) files.set(file.name.rolloutId, { ...file, home })
    }
    for (const { path, words } of found.problems) problems.set(path, words)
  }
  return { files: [...files.values()].sort((a, b) => b.modifiedMs - a.modifiedMs), problems }
}
