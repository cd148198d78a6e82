import { command, noWords } from '../command.ts'
import { folder, onOff, port } from '../option.ts'
import { UsageError } from '../usage-error.ts'
import { dataDir } from './common.ts'

const codexHome = folder('codex-home', "Codex's folder ($CODEX_HOME, or ~/.codex)", null)
/** null: what Settings say, or the usual one. Nobody listens on port 0. */
const receivers = {
  otlpGrpcPort: port('otlp-grpc-port', 'port of the running OTLP/gRPC receiver (from Settings)', 1, null),
  otlpHttpPort: port('otlp-http-port', 'port of the running OTLP/HTTP receiver (from Settings)', 1, null),
}

export const configureCommand = command(
  {
    operands: '',
    about: 'let Codex send its telemetry here: show the change to its config.toml, back it up, write it',
    examples: [
      ['colophon configure --dry-run', 'see what would change'],
      ['colophon configure', 'write the change; colophon configure --undo reverts it'],
    ],
    options: {
      codexHome,
      http: onOff('http', 'send OTLP/HTTP with protobuf (default)'),
      json: onOff('json', 'send OTLP/HTTP with JSON'),
      grpc: onOff('grpc', 'send OTLP/gRPC'),
      withoutDeltas: onOff('without-deltas', 'log_sse_deltas = false too (far fewer log records)'),
      mcp: onOff('mcp', 'let Codex ask Colophon: [mcp_servers.colophon]; alone, or with --http, --json or --grpc'),
      dryRun: onOff('dry-run', 'only show the change'),
      undo: onOff('undo', 'revert the last change'),
      ...receivers,
      dataDir,
    },
  },
  (words, values) => {
    noWords('configure')(words)
    const chosen = (['http', 'json', 'grpc'] as const).filter((protocol) => values[protocol])
    if (chosen.length > 1) throw new UsageError('configure takes one of --http, --json and --grpc')
    if (values.undo && (chosen.length > 0 || values.withoutDeltas || values.mcp))
      throw new UsageError('--undo reverts what was written: it can only be combined with --dry-run')
    return { protocol: chosen[0] ?? (values.mcp && !values.withoutDeltas ? null : ('http' as const)) }
  },
)

export const doctorCommand = command(
  {
    operands: '',
    about: 'say why telemetry would not arrive, and how to fix it; exits 1 if anything is wrong',
    examples: [['colophon doctor --project .', "with this project's own config.toml"]],
    exits: { 0: 'nothing is wrong', 1: 'something is wrong, or it could not be checked' },
    options: {
      codexHome,
      project: folder('project', "also check this project's .codex/config.toml", null),
      askOthers: onOff('ask-others', 'also send an empty export to destinations beyond this machine'),
      ...receivers,
      dataDir,
    },
  },
  noWords('doctor'),
)

export type ConfigureOptions = ReturnType<typeof configureCommand.read>
export type DoctorOptions = ReturnType<typeof doctorCommand.read>
