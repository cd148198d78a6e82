import { resolve } from 'node:path'
import { UsageError } from './usage-error.ts'

export interface ConfigureOptions {
  /** null: `$CODEX_HOME`, else `~/.codex`. */
  readonly codexHome: string | null
  readonly protocol: 'http' | 'json' | 'grpc'
  readonly withoutDeltas: boolean
  readonly dryRun: boolean
  readonly undo: boolean
  readonly otlpGrpcPort: number
  readonly otlpHttpPort: number
  readonly dataDir: string
}

export interface DoctorOptions {
  readonly codexHome: string | null
  readonly project: string | null
  readonly otlpGrpcPort: number
  readonly otlpHttpPort: number
  readonly dataDir: string
}

interface Values {
  readonly 'codex-home'?: string | undefined
  readonly project?: string | undefined
  readonly http?: boolean | undefined
  readonly grpc?: boolean | undefined
  readonly json?: boolean | undefined
  readonly 'without-deltas'?: boolean | undefined
  readonly 'dry-run'?: boolean | undefined
  readonly undo?: boolean | undefined
}

type Common = Pick<DoctorOptions, 'otlpGrpcPort' | 'otlpHttpPort' | 'dataDir'>

export function readConfigure(words: readonly string[], values: Values, common: Common): ConfigureOptions {
  if (words.length > 0) throw new UsageError(`configure takes options alone, not “${words.join(' ')}”`)
  const chosen = (['http', 'json', 'grpc'] as const).filter((protocol) => values[protocol] === true)
  if (chosen.length > 1) throw new UsageError('configure takes one of --http, --json and --grpc')
  return {
    ...common,
    codexHome: folder(values['codex-home']),
    protocol: chosen[0] ?? 'http',
    withoutDeltas: values['without-deltas'] ?? false,
    dryRun: values['dry-run'] ?? false,
    undo: values.undo ?? false,
  }
}

export function readDoctor(words: readonly string[], values: Values, common: Common): DoctorOptions {
  if (words.length > 0) throw new UsageError(`doctor takes options alone, not “${words.join(' ')}”`)
  return { ...common, codexHome: folder(values['codex-home']), project: folder(values.project) }
}

function folder(given: string | undefined): string | null {
  if (given === '') throw new UsageError('the name of a folder is empty')
  return given === undefined ? null : resolve(given)
}
