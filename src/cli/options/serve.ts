import { defaultPorts } from '../../engine/api/ports.ts'
import { command, noWords } from '../command.ts'
import { onOff, port, seconds, valued } from '../option.ts'
import { UsageError } from '../usage-error.ts'
import { dataDir } from './common.ts'

const { page, otlpGrpc, otlpHttp } = defaultPorts
const hostName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i

export const serveCommand = command(
  {
    operands: '',
    about: 'receive OpenTelemetry data and serve the page to a browser, until stopped with Ctrl-C',
    examples: [
      ['colophon serve', 'then open the printed link'],
      ['ssh -L 4316:127.0.0.1:4316 HOST', 'on your own computer, if Colophon runs on another; then open the link'],
    ],
    options: {
      host: valued(
        { flag: 'host', takes: 'ADDRESS', about: 'address of the page (127.0.0.1); the receivers stay on 127.0.0.1' },
        '127.0.0.1',
        (text) => {
          // Every command reads its options here, and the network's module is a third of what they load.
          if (process.getBuiltinModule('node:net').isIP(text) === 0 && !hostName.test(text))
            throw new UsageError(`--host takes an address or a name, not “${text}”`)
          return text
        },
      ),
      /** null: the usual port, or a free one where that is taken. */
      port: port('port', `port of the page (${String(page)}, or a free one if that is taken)`, 0, null),
      otlpGrpcPort: port(
        'otlp-grpc-port',
        `port of the OTLP/gRPC receiver (from Settings, or ${String(otlpGrpc)})`,
        0,
        null,
      ),
      otlpHttpPort: port(
        'otlp-http-port',
        `port of the OTLP/HTTP receiver (from Settings, or ${String(otlpHttp)})`,
        0,
        null,
      ),
      dataDir,
      silenceS: seconds('lost-after', 'how long an unfinished session may be silent before it counts as lost', null),
      json: onOff('json', 'print one line of JSON for programs: url, token, otlpGrpc, otlpHttp, data, pid'),
      noOpen: onOff('no-open', 'do not open a browser'),
    },
  },
  (words, ports) => {
    const named = [
      ['port', ports.port],
      ['otlp-grpc-port', ports.otlpGrpcPort],
      ['otlp-http-port', ports.otlpHttpPort],
    ] as const
    for (const [i, [flag, number]] of named.entries()) {
      const [other] =
        named.slice(i + 1).find(([, another]) => number !== null && number !== 0 && another === number) ?? []
      if (other !== undefined) throw new UsageError(`--${flag} and --${other} are both ${String(number)}`)
    }
    return noWords('serve')(words)
  },
)

export type ServeOptions = ReturnType<typeof serveCommand.read>
