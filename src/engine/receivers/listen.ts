import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import type { ListenOptions } from '../engine.ts'

/** What `listen` fails with where the machine has no IPv6. */
const noIPv6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'EPROTONOSUPPORT'])

/** How often a free port is sought that is free on both loopback addresses. */
const attempts = 10

export interface Listening {
  readonly address: string
  readonly servers: readonly Server[]
}

/** A port that is open while there is nobody yet who answers: whoever connects waits, where a sender that is refused drops what it has. */
export interface HeldPort extends ListenOptions {
  /** Hands the port over, once, with whoever waits at it. */
  give(create: () => Server): Promise<Listening>
  /** Closes it, unless it was handed over. */
  release(): void
}

/**
 * Listens on the host, and for IPv4 loopback on `[::1]` with the same port too, since `localhost` may mean either; where the port is held
 * already, on that. Rejects with the error of `listen` (`code` EADDRINUSE, `address`, `port`) and then holds no port.
 */
export async function listen(
  create: () => Server,
  { host, port, held }: ListenOptions & { readonly held?: HeldPort | null },
): Promise<Listening> {
  if (held) return held.give(create)
  for (let attempt = 1; ; attempt++) {
    const first = await bind(create(), host, port)
    const bound = portOf(first)
    const address = `${host.includes(':') ? `[${host}]` : host}:${String(bound)}`
    if (host !== '127.0.0.1' && host !== 'localhost') return { address, servers: [first] }
    try {
      return { address, servers: [first, await bind(create(), '::1', bound)] }
    } catch (error) {
      if (noIPv6.has(codeOf(error))) return { address, servers: [first] }
      first.close()
      await once(first, 'close')
      if (port !== 0 || codeOf(error) !== 'EADDRINUSE' || attempt === attempts) throw error
    }
  }
}

function bind(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address')
  return address.port
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
