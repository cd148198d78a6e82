import { join } from 'node:path'
import { defaultPorts } from '../api/ports.ts'
import type { ListenOptions, WantedPort } from '../engine.ts'
import type { Transport } from './move.ts'

const usual: Readonly<Record<Transport, number>> = { grpc: defaultPorts.otlpGrpc, http: defaultPorts.otlpHttp }

/** Where a receiver listens: a port that the host names comes before what Settings left. */
export function listenAt(
  transport: Transport,
  wanted: WantedPort,
  kept: Readonly<Record<Transport, ListenOptions>> | null,
): ListenOptions {
  const set = kept?.[transport]
  return { host: set?.host ?? wanted.host, port: wanted.port ?? set?.port ?? usual[transport] }
}

/** The file of a data folder that has what Settings left. */
export const settingsPath = (dataDir: string): string => join(dataDir, 'receivers.json')
