import type { Handlers } from '../dispatch.ts'
import type { Result } from '../../contract/result.ts'
import type { ExportJobs } from './export-jobs.ts'
import { exportedFile } from './export-session.ts'

type Name = Extract<keyof Handlers, `export.${string}`>

/** The procedures of exports; what they throw is an answer that dispatch gives. */
export function exportHandlers(jobs: ExportJobs): Pick<Handlers, Name> {
  return {
    'export.start': answer(({ id, format, redact }) => {
      const exportId = jobs.start({ kind: 'file', id, format, redact })
      return { exportId, ...exportedFile(id, format) }
    }),
    'export.preview': answer((params) => ({ exportId: jobs.start({ kind: 'preview', ...params }) })),
    'export.progress': answer(({ exportId }) => jobs.progress(exportId)),
    'export.read': answer(({ exportId, offset }) => jobs.read(exportId, offset)),
    'export.end': answer(async ({ exportId }) => {
      await jobs.end(exportId)
      return {}
    }),
  }
}

function answer<P, V>(run: (params: P) => V | Promise<V>): (params: P) => Promise<Result<V>> {
  return async (params) => ({ ok: true, value: await run(params) })
}
