import { procedures } from '../../contract/index.ts'
import type { Importer } from '../exchange/importer.ts'
import type { ParsedParams, ProcedureName, Value } from '../../contract/index.ts'
import type { Db } from './database.ts'
import type { WorkerOptions } from './messages.ts'
import { openSample, removeSample } from './sample.ts'
import { readSettings, writeSettings } from './settings.ts'
import type { Writer } from './writer.ts'

type Handlers<N extends ProcedureName> = { [K in N]: (params: ParsedParams<K>) => Value<K> | Promise<Value<K>> }

/** The procedures that write. */
export type WriterProcedure =
  | 'sample.open'
  | 'sample.remove'
  | 'facts.rebuild'
  | 'settings.write'
  | 'import.files'
  | 'import.paths'
  | 'import.progress'
  | 'import.cancel'

export function writerProcedures(
  db: Db,
  writer: Writer,
  importer: Importer,
  { sampleDir }: WorkerOptions,
): Record<string, ((params: unknown) => unknown) | undefined> {
  const handlers: Handlers<WriterProcedure> = {
    'sample.open': () => ({ sessionId: openSample(db, writer, sampleDir) }),
    'sample.remove': () => {
      removeSample(db, writer)
      return {}
    },
    'facts.rebuild': () => ({ bodies: writer.rebuild() }),
    'settings.write': ({ theme }) => {
      const known = readSettings(db)
      const settings = { theme: theme ?? known.theme }
      writeSettings(db, settings)
      return settings
    },
    'import.files': ({ files }) => importer.files(files),
    'import.paths': ({ paths }) => importer.paths(paths),
    'import.progress': () => importer.progress(),
    'import.cancel': async () => {
      await importer.cancel()
      return {}
    },
  }
  // Params were parsed by dispatch, on the host's thread; parsing them again here is what makes the types true.
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (params: unknown) =>
        (handler as (parsed: unknown) => unknown)(procedures[name as WriterProcedure].params.parse(params)),
    ]),
  )
}
