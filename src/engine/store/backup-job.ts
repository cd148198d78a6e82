import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { ProcedureError } from '../../contract/result.ts'
import type { Db } from './database.ts'
import type { Job } from './jobs.ts'

/** 2 MiB, some 5 ms of work, each in a turn of the event loop of its own. */
const pagesAtOnce = 512

/**
 * Copies the database, as it is when the copy is done, to a new file that its owner alone can read. SQLite's online backup on the
 * writer's own connection: what is stored meanwhile goes to the copy too, and nothing has to be begun again. Throws `bad_request`
 * where the file cannot be made.
 */
export function backupJob(db: Db, path: string): Job {
  if (!isAbsolute(path)) throw new ProcedureError('bad_request', 'path: must be absolute')
  makeEmpty(path)
  let done = 0
  let total: number | null = null
  let copying: Promise<void> | null = null
  let ended: { readonly error: Error | null } | null = null
  let isStopped = false

  async function copy(): Promise<void> {
    try {
      await db.backup(path, {
        progress: ({ totalPages, remainingPages }) => {
          done = totalPages - remainingPages
          total = totalPages
          if (isStopped) throw new Error('stopped')
          return pagesAtOnce
        },
      })
      sync(path)
      ended = { error: null }
    } catch (error) {
      ended = { error: error instanceof Error ? error : new Error(String(error)) }
    }
    if (isStopped || ended.error !== null) rmSync(path, { force: true })
  }

  return {
    kind: 'backup',
    unit: 'pages',
    unfinishedFile: path,
    // The copying itself goes on between the steps.
    step() {
      copying ??= copy()
      if (ended === null) return false
      if (ended.error !== null) throw ended.error
      return true
    },
    progress: () => ({ done, total }),
    words: () => (isStopped ? 'No backup was written.' : `Backed up to ${path}.`),
    stop() {
      isStopped = true
      if (copying === null) rmSync(path, { force: true })
    },
  }
}

function makeEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const words = code === 'EEXIST' ? 'there is already a file' : code === 'ENOENT' ? 'no such folder' : String(error)
    throw new ProcedureError('bad_request', `path: ${words}`)
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}
