import { networkInterfaces } from 'node:os'
import { defaultPorts } from '../engine/api/ports.ts'
import { startApiServer } from '../engine/api/server.ts'
import type { ApiServer, ApiServerOptions } from '../engine/api/server.ts'
import { portHolder } from '../engine/receivers/port-holder.ts'
import { whyNoListening } from '../engine/saying-why.ts'
import type { ServeOptions } from './options/serve.ts'

type Served = Pick<ApiServerOptions, 'engine' | 'token' | 'staticDir'>

/** Takes the port that was asked for, or else the usual one, or else a free one. */
export async function startPage(
  { host, port }: Pick<ServeOptions, 'host' | 'port'>,
  served: Served,
): Promise<ApiServer> {
  const start = (wanted: number): Promise<ApiServer> =>
    startApiServer({ ...served, host, port: wanted, allowedHosts: ownNames(host) })
  try {
    return await start(port ?? defaultPorts.page)
  } catch (error) {
    if (!isErrno(error)) throw error
    if (error.code !== 'EADDRINUSE') throw new Error(`the page cannot listen on ${host}: ${whyNoListening(error)}`)
    if (port === null) return start(0)
    const holder = await portHolder(port)
    throw new Error(
      `port ${String(port)} is taken${holder === null ? '' : ` by ${holder.program} (pid ${String(holder.pid)})`}; choose another with --port`,
    )
  }
}

/** Bound to every address, the page answers to each address of this machine; names would let DNS rebinding in. */
function ownNames(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host]
  return Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? [])
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}
