import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataDir } from '../engine/api/data-dir.ts'
import { defaultPorts } from '../engine/api/ports.ts'

export interface HostOptions {
  readonly dataDir: string
  readonly otlpGrpcPort: number
  readonly otlpHttpPort: number
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
    otlpGrpcPort: readPort(values['otlp-grpc-port'], defaultPorts.otlpGrpc),
    otlpHttpPort: readPort(values['otlp-http-port'], defaultPorts.otlpHttp),
  }
}

function readPort(value: string | boolean | undefined, usual: number): number {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : usual
  return port <= 65_535 ? port : usual
}
