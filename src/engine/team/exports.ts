import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Value } from '../../contract/index.ts'
import { ProcedureError, type Result } from '../../contract/result.ts'
import type { Handlers } from '../dispatch.ts'
import { exportHandlers } from '../exchange/handlers.ts'
import type { ExportJobs } from '../exchange/export-jobs.ts'

type Ask = (name: string, params: unknown) => Promise<Result<unknown>>

/**
 * Exports of a team's sessions: a copy of what its thread has read of one, in a folder of its own, goes the way of every other export, and
 * goes when that is ended.
 */
export function teamExports(
  dataDir: string,
  ask: Ask,
  jobs: ExportJobs,
): Pick<Handlers, 'export.start' | 'export.preview'> {
  async function copied(id: string): Promise<string> {
    const folder = join(dataDir, 'exports')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const copy = mkdtempSync(join(folder, 'team-'))
    const done = await ask('session.copy', { id, folder: copy })
    if (done.ok) return copy
    rmSync(copy, { recursive: true, force: true })
    throw new ProcedureError(done.error.code, done.error.message)
  }

  const handlersOf = (copy: string) =>
    exportHandlers(
      { ...jobs, start: (task) => jobs.start({ ...task, copy }) },
      async (params) => (await ask('session.get', params)) as Result<Value<'session.get'>>,
    )
  return {
    'export.start': async (params) => handlersOf(await copied(params.id))['export.start'](params),
    'export.preview': async (params) => handlersOf(await copied(params.id))['export.preview'](params),
  }
}
