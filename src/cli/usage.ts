import { parseArgs } from 'node:util'
import { defaultDataDir } from '../engine/api/data-dir.ts'
import { defaultPorts } from '../engine/api/ports.ts'
import { readConfigure, readDoctor, type ConfigureOptions, type DoctorOptions } from './usage-configure.ts'
import { UsageError } from './usage-error.ts'
import { readExport, readImport, type ExportOptions, type ImportOptions } from './usage-exchange.ts'

export { UsageError }

export interface ServeOptions {
  readonly host: string
  /** null: the usual port, or a free one where that is taken. */
  readonly port: number | null
  readonly otlpGrpcPort: number
  readonly otlpHttpPort: number
  readonly dataDir: string
  readonly json: boolean
  readonly open: boolean
  readonly silenceMs: number | null
}

export type Command =
  | { readonly name: 'help' | 'version' }
  | { readonly name: 'serve'; readonly options: ServeOptions }
  | { readonly name: 'export'; readonly options: ExportOptions }
  | { readonly name: 'import'; readonly options: ImportOptions }
  | { readonly name: 'configure'; readonly options: ConfigureOptions }
  | { readonly name: 'doctor'; readonly options: DoctorOptions }

export const help = `Colophon shows how each Codex session was made: where the time went and what failed.

Usage: colophon serve [options]
       colophon export ID [options]
       colophon import FILE... [--data DIR]
       colophon configure [options]
       colophon doctor [options]

  serve                  receive OpenTelemetry data and serve the page to a browser, until stopped with Ctrl-C
  export                 write a session and its helpers to a file; ID may be how the id begins
  import                 store sessions that were exported, and OTLP: JSON, JSON lines, protobuf, gzip of these
  configure              let Codex send its telemetry here: show the change to its config.toml, keep a copy, make it
  doctor                 say why telemetry would not arrive, with the change that mends it; exits 1 where anything is wrong

Options of serve:
  --host ADDRESS         address of the page (127.0.0.1); the receivers stay on 127.0.0.1
  --port N               port of the page (${String(defaultPorts.page)}, or a free one where that is taken)
  --otlp-grpc-port N     port of the OTLP/gRPC receiver (${String(defaultPorts.otlpGrpc)})
  --otlp-http-port N     port of the OTLP/HTTP receiver (${String(defaultPorts.otlpHttp)})
  --data DIR             folder of the database (${defaultDataDir()})
  --lost-after SECONDS   how long an unfinished session may be silent before it counts as lost
  --json                 print one line of JSON for programs: url, token, otlpGrpc, otlpHttp, data, pid
  --no-open              do not open a browser

Options of export:
  --format FORMAT        json (with the original records), otlp (OTLP/JSON lines), perfetto, markdown (json)
  --redact KINDS         leave out: prompts,arguments,output,paths,email,secrets or all
  -o, --output FILE      where to write (standard output)
  --force                write over a file that is there
  --data DIR             folder of the database

Options of configure and doctor:
  --codex-home DIR       Codex's folder ($CODEX_HOME, or ~/.codex)
  --otlp-grpc-port N     port of the running OTLP/gRPC receiver (${String(defaultPorts.otlpGrpc)})
  --otlp-http-port N     port of the running OTLP/HTTP receiver (${String(defaultPorts.otlpHttp)})
  --data DIR             folder of the database, where configure keeps what it can undo
  --http, --json, --grpc configure: send OTLP/HTTP with protobuf (as usual) or JSON, or OTLP/gRPC
  --without-deltas       configure: log_sse_deltas = false too (far fewer log records)
  --dry-run              configure: only show the change
  --undo                 configure: take the last change back
  --project DIR          doctor: look at this project's .codex/config.toml too

  --help, --version

Port 0 takes a free port. To let Codex send its telemetry here, run colophon configure.

Over SSH, forward the page's port (ssh -L 4316:127.0.0.1:4316 HOST) and open the printed link at home.
`

const options = {
  host: { type: 'string' },
  port: { type: 'string' },
  'otlp-grpc-port': { type: 'string' },
  'otlp-http-port': { type: 'string' },
  data: { type: 'string' },
  'lost-after': { type: 'string' },
  json: { type: 'boolean' },
  'no-open': { type: 'boolean' },
  format: { type: 'string' },
  redact: { type: 'string' },
  output: { type: 'string', short: 'o' },
  force: { type: 'boolean' },
  'codex-home': { type: 'string' },
  project: { type: 'string' },
  http: { type: 'boolean' },
  grpc: { type: 'boolean' },
  'without-deltas': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  undo: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

const optionsOf = {
  serve: ['host', 'port', 'otlp-grpc-port', 'otlp-http-port', 'data', 'lost-after', 'json', 'no-open'],
  export: ['format', 'redact', 'output', 'force', 'data'],
  import: ['data'],
  configure: [
    ...['codex-home', 'http', 'json', 'grpc', 'without-deltas', 'dry-run', 'undo'],
    ...['otlp-grpc-port', 'otlp-http-port', 'data'],
  ],
  doctor: ['codex-home', 'project', 'otlp-grpc-port', 'otlp-http-port', 'data'],
} as const

function checkOptions(name: keyof typeof optionsOf, values: object): void {
  const known: readonly string[] = optionsOf[name]
  const other = Object.keys(values).find((option) => !known.includes(option))
  if (other !== undefined) throw new UsageError(`${name} has no option --${other}`)
}

/** Throws UsageError, its message one line for a person. */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args)
  if (values.help === true || positionals[0] === 'help' || args.length === 0) return { name: 'help' }
  if (values.version === true) return { name: 'version' }
  const [name, ...words] = positionals
  if (name !== undefined && Object.hasOwn(optionsOf, name)) checkOptions(name as keyof typeof optionsOf, values)
  const dataDir = values.data ?? defaultDataDir()
  const otlpGrpcPort = readPort('--otlp-grpc-port', values['otlp-grpc-port'] ?? String(defaultPorts.otlpGrpc))
  const otlpHttpPort = readPort('--otlp-http-port', values['otlp-http-port'] ?? String(defaultPorts.otlpHttp))
  if (name === 'export') return { name, options: readExport(words, values, dataDir) }
  if (name === 'import') return { name, options: readImport(words, dataDir) }
  const common = { otlpGrpcPort, otlpHttpPort, dataDir }
  if (name === 'configure') return { name, options: readConfigure(words, values, common) }
  if (name === 'doctor') return { name, options: readDoctor(words, values, common) }
  if (name !== 'serve' || words.length > 0) throw new UsageError(`unknown command “${positionals.join(' ')}”`)
  return {
    name: 'serve',
    options: {
      host: values.host ?? '127.0.0.1',
      port: values.port === undefined ? null : readPort('--port', values.port),
      ...common,
      json: values.json ?? false,
      open: !(values['no-open'] ?? false),
      silenceMs: values['lost-after'] === undefined ? null : readSeconds('--lost-after', values['lost-after']) * 1000,
    },
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UsageError(message.split(/[.\n]/)[0])
  }
}

function readPort(option: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (!(port <= 65_535)) throw new UsageError(`${option} takes a port from 0 to 65535, not “${text}”`)
  return port
}

function readSeconds(option: string, text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
  if (!(seconds > 0)) throw new UsageError(`${option} takes a number of seconds above 0, not “${text}”`)
  return seconds
}
