import { isAbsolute } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { z } from 'zod'
import type { importFilesParams, ImportProgress, ImportResult } from '../../contract/exchange.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Db } from '../store/database.ts'
import type { Writer } from '../store/writer.ts'
import { ImportError } from './import-error.ts'
import { fileSource, memorySource, type ImportSource } from './import-source.ts'
import { beginImport, takeBackImport } from './import-store.ts'
import { idleImport } from './idle-import.ts'
import type { ImportRun } from './run-import.ts'
import { namedTouches } from './touched-sessions.ts'

/** Imports on the writer's thread, one at a time, in slices between which live bodies are stored. */
export interface Importer {
  files(files: z.output<typeof importFilesParams>['files'], intoReceived: boolean): Promise<ImportResult>
  paths(paths: readonly string[], intoReceived: boolean): Promise<ImportResult>
  /** What an earlier import has stored goes; resolves when all facts are as if it had never been. */
  takeBack(run: number): Promise<void>
  progress(): ImportProgress
  /** Resolves when nothing of a running import is left; at once where none runs. */
  cancel(): Promise<void>
}

const mostFileBytes = 64 * 1024 * 1024

export function createImporter(db: Db, writer: Writer, onStored: () => void): Importer {
  let progress = idleImport
  let isCancelled = false
  let running: Promise<unknown> | null = null

  function alone<T>(work: () => Promise<T>): Promise<T> {
    if (running !== null) throw new ProcedureError('unavailable', 'another import is running')
    const result = work().finally(() => {
      running = null
    })
    running = result.catch(() => undefined)
    return result
  }

  async function start(sources: ImportRun['sources'], intoReceived: boolean): Promise<ImportResult> {
    isCancelled = false
    // All formats are loaded for it; most writers never import.
    const { runImport } = await import('./run-import.ts')
    const result = await runImport({
      sources,
      intoReceived,
      begin: () => beginImport(db, writer),
      isCancelled: () => isCancelled,
      onProgress: (next) => {
        progress = next
        if (next.phase === 'storing') onStored()
      },
    })
    return { ...result, touches: namedTouches(db, result.touches) }
  }

  return {
    files: (files, intoReceived) => alone(() => start(files.map(uploaded), intoReceived)),
    paths: (paths, intoReceived) => alone(() => start(paths.map(openPath), intoReceived)),
    takeBack: (run) =>
      alone(async () => {
        for (const _step of takeBackImport(db, writer, run)) await turn()
      }),
    progress: () => progress,
    async cancel() {
      isCancelled = true
      await running
    },
  }
}

function uploaded({ name, text, base64 }: z.output<typeof importFilesParams>['files'][number]): ImportSource {
  const content = text !== undefined ? Buffer.from(text) : Buffer.from(base64 ?? '', 'base64')
  if (content.length > mostFileBytes)
    throw new ProcedureError('too_large', `${name} is longer than 64 MiB: colophon import takes it`)
  return memorySource(name, content)
}

/** A path that leads to no file is told like a file that cannot be read: the others are imported. */
export function openPath(path: string): ImportSource | { readonly name: string; readonly error: string } {
  if (!isAbsolute(path)) throw new ProcedureError('bad_request', `${path} is not an absolute path`)
  try {
    return fileSource(path)
  } catch (error) {
    if (error instanceof ImportError) return { name: path, error: error.message }
    throw error
  }
}
