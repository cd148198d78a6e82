import type { ReceiverAddresses } from '../../model/config/one-click.ts'
import { defaultPorts } from '../api/ports.ts'
import { senderNeeds } from './sender-needs.ts'
import { readReceiverSettings } from './settings-file.ts'

/** Ports that a person named; null: as Settings left them. */
export interface NamedPorts {
  readonly http: number | null
  readonly grpc: number | null
}

/** The receivers of a data folder as they would listen, for a process that is not theirs. */
export function knownReceivers(dataDir: string, ports: NamedPorts): ReceiverAddresses {
  const settings = readReceiverSettings(dataDir)
  const { grpc, http } = settings ?? {
    grpc: { host: '127.0.0.1', port: defaultPorts.otlpGrpc },
    http: { host: '127.0.0.1', port: defaultPorts.otlpHttp },
  }
  return {
    http: address(http.host, ports.http ?? http.port),
    grpc: address(grpc.host, ports.grpc ?? grpc.port),
    needs: senderNeeds(settings),
  }
}

/** Null where Settings let a free port be taken: only the process that took it knows which. */
function address(host: string, port: number): string | null {
  if (port === 0) return null
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`
}
