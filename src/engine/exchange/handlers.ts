import type { Handlers } from '../dispatch.ts'
import type { Result } from '../../contract/result.ts'
import type { ExportJobs } from './export-jobs.ts'
import { exportedFile } from './exported-file.ts'

type Name = Extract<keyof Handlers, `export.${string}`>

/** The procedures of exports; what they throw is an answer that dispatch gives. */
export function exportHandlers(jobs: ExportJobs, sessionOf: Handlers['session.get']): Pick<Handlers, Name> {
  return {
    'export.start': answer(async ({ id, format, redact, conversation }) => {
      const exportId = jobs.start({ kind: 'file', id, format, redact, conversation })
      // A session that is not there fails in its job, where every failure of an export is told.
      const session = await sessionOf({ id })
      const service = session.ok && session.value.kind === 'app' ? session.value.service : null
      return { exportId, ...exportedFile(id, service, format) }
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
