import type { HistoryProgress } from '../../contract/history.ts'
import type { RolloutFact } from '../../model/codex/rollout/facts.ts'
import type { RolloutState } from '../../model/codex/rollout/record.ts'
import { markWhileRead } from './file-mark.ts'
import { isMissing, wordsOf, type FoundRollout } from './find-rollouts.ts'
import { notWhole, type KnownFile, type KnownFiles } from './known-files.ts'
import { readRolloutFacts } from './read-facts.ts'
import type { RolloutProgress } from './rollout-writer.ts'
import { toldBy, type Told } from './told-rows.ts'
import { whatChanged, type Change } from './what-changed.ts'

/** What is written in one transaction. */
export interface HistoryBatch {
  /** Rollouts whose facts are taken back first. */
  readonly renew: readonly string[]
  readonly files: readonly { readonly progress: RolloutProgress; readonly told: Told }[]
}

export interface FileInHome extends FoundRollout {
  readonly home: string
}

export interface ReadHomesGiven {
  /** In the order in which they are read. */
  readonly files: readonly FileInHome[]
  readonly known: KnownFiles
  /** Resolves when it is committed; rejects where it is not. */
  readonly write: (batch: HistoryBatch) => Promise<void>
  readonly goesOn: () => boolean
  readonly progress: (progress: HistoryProgress) => void
  readonly problem: (path: string, words: string) => void
}

/** Small enough that a body that arrives meanwhile waits some milliseconds. */
const mostFacts = 1500
const mostFiles = 60
/** As many of the newest are in the list at once, by how they begin. */
const lookedAtFirst = 50
const tellEveryMs = 100

/** Reads what has changed, and hands it on in batches, each with how far it is read. */
export async function readHomes(given: ReadHomesGiven): Promise<void> {
  const { files, known, goesOn, problem } = given
  const batches = batching(given.write)
  const report = reporting(given)
  /** Files whose beginning was looked at: where their reading goes on. */
  const begun = new Map<FileInHome, Change>()

  async function take(file: FileInHome, isFirstLook: boolean): Promise<void> {
    try {
      const change = begun.get(file) ?? whatChanged(file, known.get(file.name.rolloutId))
      if (isFirstLook && change.kind === 'read' && change.offset === 0)
        begun.set(file, await readOne(file, change, batches, () => false, report.within))
      else if (isFirstLook) return
      else if (change.kind === 'moved') batches.add(movedTo(file, change.known))
      else if (change.kind === 'read') await readOne(file, change, batches, goesOn, report.within)
      await batches.flush(false)
    } catch (error) {
      if (error instanceof NotWritten) throw error
      // Codex archives, packs and deletes while we read.
      if (!isMissing(error)) problem(file.path, wordsOf(error))
    }
  }

  const unread = files.filter(({ name }) => !known.has(name.rolloutId)).slice(0, lookedAtFirst)
  if (unread.length > 1) for (const file of unread) if (goesOn()) await take(file, true)
  await batches.flush(true)
  for (const file of files) {
    if (!goesOn()) break
    await take(file, false)
    report.done(file)
  }
  await batches.flush(true)
  await batches.written()
}

type Reading = Extract<Change, { kind: 'read' }>

/** Answers what is left to be done. */
async function readOne(
  file: FileInHome,
  { offset, state, renew, problems: before }: Reading,
  batches: Batches,
  goesOn: () => boolean,
  report: (bytes: number) => void,
): Promise<Change> {
  const { packed, rolloutId } = file.name
  let [problems, read] = [before, packed ? 0 : offset]
  const told = toldBy(file.name)
  const unknown = unknownNames()
  if (renew) batches.renew(rolloutId)
  const marks = packed ? null : markWhileRead(file.path)
  let kept = progressOf(file, offset, { ...state }, before, '')
  // What stands before may have been a part that nobody settled.
  let isPart = offset > 0
  let isWhole = true
  const keep = (readTo: number, isLast: boolean): void => {
    unknown.take().forEach(told.add)
    const progress = progressOf(file, readTo, { ...state }, problems, marks?.(readTo) ?? '')
    kept = isLast && !isPart ? progress : { ...progress, part: isLast ? 'last' : 'more' }
    if (!isLast || !isWhole) kept = { ...kept, bytes: notWhole }
    batches.add(kept, told)
    isPart ||= !isLast
  }
  try {
    const readTo = await readRolloutFacts({
      path: file.path,
      packed,
      offset,
      state,
      fact: told.add,
      problem: ({ offset: at }) => {
        problems++
        state.problemAt ??= at
      },
      unknown: (name, atMs) => {
        unknown.note(name, atMs)
      },
      goesOn: async (bytes, soFar) => {
        read += bytes
        report(Math.min(read, file.bytes))
        if (told.size >= mostFacts) {
          keep(soFar, false)
          await batches.flush(true)
        }
        isWhole = goesOn() || (!packed && read >= file.bytes)
        return isWhole
      },
    })
    keep(readTo, true)
    return isWhole ? { kind: 'nothing' } : { kind: 'read', offset: readTo, state, problems, renew: false }
  } catch (error) {
    // What was read of it counts.
    if (kept.part === 'more' && !(error instanceof NotWritten)) batches.add({ ...kept, part: 'last' })
    throw error
  }
}

/** What is not known, added up until it is written. */
function unknownNames() {
  const found = new Map<string, { lines: number; firstMs: number }>()
  return {
    note(name: string, atMs: number) {
      const known = found.get(name)
      if (known === undefined) found.set(name, { lines: 1, firstMs: Number.isNaN(atMs) ? 0 : atMs })
      else known.lines++
    },
    take(): RolloutFact[] {
      const told = [...found].map(([name, seen]): RolloutFact => ({ fact: 'rollout_unknown', name, ...seen }))
      found.clear()
      return told
    },
  }
}

function progressOf(
  { name, home, path, archived, bytes, modifiedMs, inode }: FileInHome,
  readTo: number,
  state: RolloutState,
  problems: number,
  head: string,
): RolloutProgress {
  const { rolloutId, threadId } = name
  return { rolloutId, threadId, home, path, archived, bytes, modifiedMs, inode, head, readTo, state, problems }
}

function movedTo(file: FileInHome, { readTo, state, problems, head }: KnownFile): RolloutProgress {
  return progressOf(file, readTo, JSON.parse(state) as RolloutState, problems, head)
}

/** Tells how far reading has come, not more often than somebody sees. */
function reporting({ files, progress }: ReadHomesGiven) {
  const begun = performance.now()
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  let [filesDone, bytesDone, toldMs] = [0, 0, -Infinity]
  const within = (read: number): void => {
    const now = performance.now()
    if (now - toldMs < tellEveryMs) return
    toldMs = now
    progress({ files: files.length, filesDone, bytes, bytesDone: bytesDone + read, seconds: (now - begun) / 1000 })
  }
  return {
    within,
    done(file: FileInHome) {
      filesDone++
      bytesDone += file.bytes
      within(0)
    },
  }
}

export class NotWritten extends Error {}

type Batches = ReturnType<typeof batching>

/** One batch is read while the one before is written. */
function batching(write: (batch: HistoryBatch) => Promise<void>) {
  let [renew, files, facts]: [string[], HistoryBatch['files'][number][], number] = [[], [], 0]
  let writing = Promise.resolve()
  return {
    renew: (rolloutId: string) => void renew.push(rolloutId),
    add(progress: RolloutProgress, found = toldBy(progress)) {
      facts += found.size
      files.push({ progress, told: found.take() })
    },
    async flush(now: boolean) {
      if (files.length === 0 || !(now || facts >= mostFacts || files.length >= mostFiles)) return
      await writing
      writing = write({ renew, files })
      // Whoever comes next hears of it.
      writing.catch(() => undefined)
      ;[renew, files, facts] = [[], [], 0]
    },
    written: () => writing,
  }
}
