import { exportFormat, redactionKinds, type ExportFormat, type RedactionKind } from '../contract/exchange.ts'
import { UsageError } from './usage-error.ts'

export interface ExportOptions {
  /** Of the session, or how it begins. */
  readonly id: string
  readonly format: ExportFormat
  readonly redact: readonly RedactionKind[]
  /** null: standard output. */
  readonly output: string | null
  readonly force: boolean
  readonly dataDir: string
}

export interface ImportOptions {
  readonly files: readonly string[]
  readonly dataDir: string
}

interface Values {
  readonly format?: string | undefined
  readonly redact?: string | undefined
  readonly output?: string | undefined
  readonly force?: boolean | undefined
}

export function readExport(words: readonly string[], values: Values, dataDir: string): ExportOptions {
  const [id, ...rest] = words
  if (id === undefined || rest.length > 0) throw new UsageError(`export takes one session, not “${words.join(' ')}”`)
  const format = exportFormat.safeParse(values.format ?? 'json')
  if (!format.success)
    throw new UsageError(`--format takes one of ${exportFormat.options.join(', ')}, not “${values.format ?? ''}”`)
  const output = values.output === undefined || values.output === '-' ? null : values.output
  return { id, format: format.data, redact: readKinds(values.redact), output, force: values.force ?? false, dataDir }
}

export function readImport(words: readonly string[], dataDir: string): ImportOptions {
  if (words.length === 0) throw new UsageError('import takes the names of files')
  return { files: words, dataDir }
}

function readKinds(text: string | undefined): readonly RedactionKind[] {
  if (text === undefined) return []
  if (text === 'all') return redactionKinds
  const kinds = text.split(',').map((word) => redactionKinds.find((kind) => kind === word.trim()))
  if (kinds.includes(undefined))
    throw new UsageError(`--redact takes all, or some of ${redactionKinds.join(', ')}, not “${text}”`)
  return kinds.filter((kind) => kind !== undefined)
}
