import type { ReceiverAddresses } from '../../model/config/one-click.ts'
import { defaultPorts } from '../api/ports.ts'
import { readListening } from './listening-file.ts'
import { senderNeeds } from './sender-needs.ts'
import { readReceiverSettings } from './settings-file.ts'

/** Ports that a person named; null: where it listens, else as Settings left them. */
export interface NamedPorts {
  readonly http: number | null
  readonly grpc: number | null
}

/** The receivers of a data folder, for a process that is not theirs: as they listen, else as they would. */
export function knownReceivers(dataDir: string, ports: NamedPorts): ReceiverAddresses {
  const settings = readReceiverSettings(dataDir)
  const running = readListening(dataDir)
  const { grpc, http } = settings ?? {
    grpc: { host: '127.0.0.1', port: defaultPorts.otlpGrpc },
    http: { host: '127.0.0.1', port: defaultPorts.otlpHttp },
  }
  const known = (named: number | null, kept: typeof grpc, now: string | null | undefined): string | null => {
    if (named !== null) return address(kept.host, named)
    return now === undefined ? address(kept.host, kept.port) : now
  }
  return {
    http: known(ports.http, http, running?.http),
    grpc: known(ports.grpc, grpc, running?.grpc),
    needs: senderNeeds(settings),
  }
}

/** Null where Settings let a free port be taken: only the process that took it knows which. */
function address(host: string, port: number): string | null {
  if (port === 0) return null
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`
}
