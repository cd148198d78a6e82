import { setImmediate as turn } from 'node:timers/promises'
import type { ImportedFile, ImportProgress, ImportResult } from '../../contract/exchange.ts'
import { partsOfFile } from './import-bodies.ts'
import { idleImport } from './idle-import.ts'
import { ImportCancelled, ImportError } from './import-error.ts'
import type { ImportBody } from './import-json.ts'
import type { ImportSource } from './import-source.ts'
import type { ImportStore } from './import-store.ts'
import { LeftOutList } from './left-out.ts'

/** Longer work gives way to what else the thread has to do, such as bodies that Codex is waiting to see stored. */
const sliceMs = 15
/** A transaction takes this much: some 10 ms of work. */
const batchBytes = 1024 * 1024

export interface ImportRun {
  /** Files in order, or why one cannot be opened. */
  readonly sources: readonly (ImportSource | { readonly name: string; readonly error: string })[]
  /** Also where it adds to sessions that were received. */
  readonly intoReceived: boolean
  readonly begin: () => ImportStore
  readonly isCancelled: () => boolean
  readonly onProgress: (progress: ImportProgress) => void
}

/** Sessions by their ids alone. */
export type RunResult = Omit<ImportResult, 'touches'> & { readonly touches: readonly string[] }

/** What is wrong with a file, all in all and in parts. */
type Checked = Pick<ImportedFile, 'error' | 'leftOut'>

const nothingLeftOut = { count: 0, first: [] }

/**
 * Reads each file twice: once to see what of it can be stored and what it would add to, once to store it. A document that cannot be read
 * leaves nothing behind; an import that is cancelled neither, whatever of its files was stored already.
 */
export async function runImport(run: ImportRun): Promise<RunResult> {
  const store = run.begin()
  const files: ImportedFile[] = []
  const touched = new Set<string>()
  const checked: Checked[] = []
  const at: { phase: ImportProgress['phase']; bytesDone: number } = { phase: 'idle', bytesDone: 0 }
  let sliceEnd = 0
  const tell = (): void => {
    const filesDone = at.phase === 'checking' ? checked.length : files.length
    const source = run.sources[filesDone]
    const bytes = source !== undefined && 'open' in source ? source.bytes : 0
    const counts = { filesDone, files: run.sources.length, bytesDone: at.bytesDone, bytes }
    run.onProgress({ running: true, file: source?.name ?? '', phase: at.phase, ...counts })
  }
  async function pause(): Promise<void> {
    if (performance.now() >= sliceEnd) {
      tell()
      await turn()
      sliceEnd = performance.now() + sliceMs
    }
    if (run.isCancelled()) throw new ImportCancelled('cancelled')
  }
  const reading = {
    read: (bytes: number): void => {
      at.bytesDone += bytes
    },
    pause,
  }
  function enter(next: ImportProgress['phase']): void {
    at.phase = next
    at.bytesDone = 0
    tell()
  }

  async function check(source: ImportRun['sources'][number]): Promise<Checked> {
    if ('error' in source) return { error: source.error, leftOut: nothingLeftOut }
    enter('checking')
    const leftOut = new LeftOutList()
    let count = 0
    const own: string[] = []
    try {
      for await (const part of partsOfFile(source, reading, leftOut)) {
        count++
        own.push(...store.touched(part))
        await pause()
      }
    } catch (error) {
      if (!(error instanceof ImportError)) throw error
      return { error: error.message, leftOut: nothingLeftOut }
    }
    for (const id of own) touched.add(id)
    return count === 0 ? nothingIn(leftOut.result()) : { error: null, leftOut: nothingLeftOut }
  }

  async function importOne(source: ImportSource): Promise<ImportedFile> {
    enter('storing')
    const leftOut = new LeftOutList()
    const sum = { ...emptyFile(source.name, { error: null, leftOut: nothingLeftOut }) }
    let batch: ImportBody[] = []
    let size = 0
    const flush = (): void => {
      store.store(batch).forEach(({ records, known, rejected, refused }, i) => {
        const { signal, line } = batch[i] as ImportBody
        sum.records[signal] += records
        sum.known += known
        sum.rejected += rejected
        if (refused !== null) leftOut.add(line, () => refused)
        if (rejected > 0) leftOut.addRecords(line, rejected)
      })
      batch = []
      size = 0
    }
    for await (const body of partsOfFile(source, reading, leftOut)) {
      sum.sessionId ??= body.sessionId
      if ('rollouts' in body) {
        sum.sessionFiles += store.storeTold(body)
        await pause()
        continue
      }
      if (size > 0 && size + body.bytes.length > batchBytes) flush()
      batch.push(body)
      size += body.bytes.length
      await pause()
    }
    flush()
    sum.leftOut = leftOut.result()
    return sum
  }

  try {
    for (const source of run.sources) checked.push(await check(source))
    if (touched.size > 0 && !run.intoReceived) {
      store.finish([], [])
      return { cancelled: false, files: [], touches: [...touched] }
    }
    for (const [i, source] of run.sources.entries()) {
      const found = checked[i] as Checked
      files.push('error' in source || found.error !== null ? emptyFile(source.name, found) : await importOne(source))
    }
    store.finish(
      files.filter(({ error }) => error === null).map(({ name }) => name),
      touched,
    )
    return { cancelled: false, files, touches: [...touched] }
  } catch (error) {
    enter('undoing')
    await turn()
    for (const _step of store.undo()) await turn()
    if (error instanceof ImportCancelled) return { cancelled: true, files: [], touches: [] }
    throw error
  } finally {
    run.onProgress(idleImport)
  }
}

/** A single reason is the file's own. */
function nothingIn(leftOut: ImportedFile['leftOut']): Checked {
  const [first] = leftOut.first
  if (first === undefined) return { error: 'it holds no records', leftOut }
  return leftOut.count === 1
    ? { error: first.reason, leftOut: nothingLeftOut }
    : { error: 'no document in it can be read', leftOut }
}

function emptyFile(name: string, checked: Checked): { -readonly [K in keyof ImportedFile]: ImportedFile[K] } {
  return {
    name,
    ...checked,
    records: { traces: 0, logs: 0, metrics: 0 },
    known: 0,
    sessionFiles: 0,
    rejected: 0,
    sessionId: null,
  }
}
