import { setImmediate as turn } from 'node:timers/promises'
import type { ImportedFile, ImportProgress, ImportResult } from '../../contract/exchange.ts'
import { bodiesOf } from './import-bodies.ts'
import { ImportCancelled, ImportError } from './import-error.ts'
import type { ImportBody } from './import-json.ts'
import type { ImportSource } from './import-source.ts'
import type { ImportStore } from './import-store.ts'

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

export const idleImport: ImportProgress = {
  ...{ running: false, file: '', filesDone: 0, files: 0, phase: 'idle', bytesDone: 0, bytes: 0 },
}

/**
 * Reads each file twice: once to see that all of it can be stored and what it would add to, once to store it. A file that cannot
 * leaves nothing behind; an import that is cancelled neither, whatever of its files was stored already.
 */
export async function runImport(run: ImportRun): Promise<RunResult> {
  const store = run.begin()
  const files: ImportedFile[] = []
  const touched = new Set<string>()
  /** What is wrong with each, as far as they were checked. */
  const checked: (string | null)[] = []
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

  async function check(source: ImportRun['sources'][number]): Promise<string | null> {
    if ('error' in source) return source.error
    enter('checking')
    let count = 0
    const own: string[] = []
    try {
      for await (const body of bodiesOf(source, reading)) {
        count++
        own.push(...store.touched(body))
        await pause()
      }
    } catch (error) {
      if (!(error instanceof ImportError)) throw error
      return error.message
    }
    for (const id of own) touched.add(id)
    return count === 0 ? 'it holds no records' : null
  }

  async function importOne(source: ImportSource): Promise<ImportedFile> {
    enter('storing')
    const sum = emptyFile(source.name, null)
    let batch: ImportBody[] = []
    let size = 0
    const flush = (): void => {
      store.store(batch).forEach(({ records, known, rejected }, i) => {
        const signal = batch[i]?.signal
        if (signal !== undefined) sum.records[signal] += records
        sum.known += known
        sum.rejected += rejected
      })
      batch = []
      size = 0
    }
    for await (const body of bodiesOf(source, reading)) {
      sum.sessionId ??= body.sessionId
      if (size > 0 && size + body.bytes.length > batchBytes) flush()
      batch.push(body)
      size += body.bytes.length
      await pause()
    }
    flush()
    return sum
  }

  try {
    for (const source of run.sources) checked.push(await check(source))
    if (touched.size > 0 && !run.intoReceived) {
      store.finish([], [])
      return { cancelled: false, files: [], touches: [...touched] }
    }
    for (const [i, source] of run.sources.entries()) {
      const error = checked[i] ?? null
      files.push(error !== null || 'error' in source ? emptyFile(source.name, error) : await importOne(source))
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

function emptyFile(name: string, error: string | null): { -readonly [K in keyof ImportedFile]: ImportedFile[K] } {
  return { name, error, records: { traces: 0, logs: 0, metrics: 0 }, known: 0, rejected: 0, sessionId: null }
}
