import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataDir } from '../engine/api/data-dir.ts'

export interface HostOptions {
  readonly dataDir: string
  /** null: as Settings say, or the usual one. */
  readonly otlpGrpcPort: number | null
  readonly otlpHttpPort: number | null
}

const options = {
  data: { type: 'string' },
  'otlp-grpc-port': { type: 'string' },
  'otlp-http-port': { type: 'string' },
} as const

/** Lenient: Chromium's and Electron's own switches, and the app's folder, stand on the same command line. */
export function readHostOptions(argv: readonly string[], environment: NodeJS.ProcessEnv): HostOptions {
  const { values } = parseArgs({ args: argv.slice(1), options, strict: false, allowPositionals: true })
  const dataDir = typeof values.data === 'string' ? values.data : (environment.COLOPHON_DATA ?? defaultDataDir())
  return {
    dataDir: resolve(dataDir),
    otlpGrpcPort: readPort(values['otlp-grpc-port']),
    otlpHttpPort: readPort(values['otlp-http-port']),
  }
}

function readPort(value: string | boolean | undefined): number | null {
  if (typeof value !== 'string' || !/^\d{1,5}$/.test(value)) return null
  return Number(value) <= 65_535 ? Number(value) : null
}
