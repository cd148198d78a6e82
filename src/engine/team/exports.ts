import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../make-folder.ts'
import type { Value } from '../../contract/index.ts'
import { ProcedureError, type Result } from '../../contract/result.ts'
import type { Handlers } from '../dispatch.ts'
import { exportHandlers } from '../exchange/handlers.ts'
import type { ExportJobs } from '../exchange/export-jobs.ts'

type Ask = (name: string, params: unknown) => Promise<Result<unknown>>

/**
 * Exports of a team's sessions: a copy of what its thread has read of one, in a folder of its own, goes the way of every other export. The
 * copy belongs to the export once that has begun, and is removed with it; where none begins, it is removed at once.
 */
export function teamExports(
  dataDir: string,
  ask: Ask,
  jobs: ExportJobs,
): Pick<Handlers, 'export.start' | 'export.preview'> {
  const remove = (copy: string): void => {
    rmSync(copy, { recursive: true, force: true })
  }

  async function copied(id: string): Promise<string> {
    const folder = join(dataDir, 'exports')
    makeFolder(folder)
    const copy = mkdtempSync(join(folder, 'team-'))
    const done = await ask('session.copy', { id, folder: copy }).catch((error: unknown) => {
      remove(copy)
      throw error
    })
    if (done.ok) return copy
    remove(copy)
    throw new ProcedureError(done.error.code, done.error.message)
  }

  async function handlersOf(id: string) {
    const copy = await copied(id)
    const start: ExportJobs['start'] = (task) => {
      try {
        return jobs.start({ ...task, copy })
      } catch (error) {
        remove(copy)
        throw error
      }
    }
    return exportHandlers(
      { ...jobs, start },
      async (params) => (await ask('session.get', params)) as Result<Value<'session.get'>>,
    )
  }
  return {
    'export.start': async (params) => (await handlersOf(params.id))['export.start'](params),
    'export.preview': async (params) => (await handlersOf(params.id))['export.preview'](params),
  }
}
