import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import type { EngineOptions, ListenOptions } from '../engine.ts'
import { listen, type HeldPort } from './listen.ts'
import { listenAt, settingsPath } from './listen-at.ts'
import type { Transport } from './move.ts'

export type HeldPorts = Readonly<Record<Transport, HeldPort | null>>

/** null for a port that cannot be had: why not is found out by whoever wants to answer at it. Loads little, for it comes before all else. */
export async function holdPorts({
  dataDir,
  grpc,
  http,
}: Pick<EngineOptions, 'dataDir' | 'grpc' | 'http'>): Promise<HeldPorts> {
  // A new folder has none, and what reads them takes as long to load as Node to start.
  const kept = existsSync(settingsPath(dataDir))
    ? (await import('./settings-file.ts')).readReceiverSettings(dataDir)
    : null
  const [heldGrpc, heldHttp] = await Promise.all([
    holdPort(listenAt('grpc', grpc, kept)),
    holdPort(listenAt('http', http, kept)),
  ])
  return { grpc: heldGrpc, http: heldHttp }
}

export function releasePorts({ grpc, http }: HeldPorts): void {
  grpc?.release()
  http?.release()
}

/** As long as nobody reads from it, nobody hears that it broke either. */
const ignore = (): void => undefined

export async function holdPort({ host, port }: ListenOptions): Promise<HeldPort | null> {
  const waiting = new Map<Server, Socket[]>()
  function create(): Server {
    const sockets: Socket[] = []
    const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
      socket.on('error', ignore)
      sockets.push(socket)
    })
    waiting.set(server, sockets)
    return server
  }
  const held = await listen(create, { host, port }).catch(() => null)
  if (held === null) return null
  let isGiven = false
  return {
    host,
    port,
    async give(createAnswering) {
      isGiven = true
      const servers: Server[] = []
      for (const early of held.servers) {
        const server = createAnswering()
        server.listen(early)
        await once(server, 'listening')
        servers.push(server)
        for (const socket of waiting.get(early) ?? []) {
          socket.off('error', ignore)
          server.emit('connection', socket)
          socket.resume()
        }
      }
      return { address: held.address, servers }
    },
    release() {
      if (isGiven) return
      for (const [server, sockets] of waiting) {
        server.close()
        for (const socket of sockets) socket.destroy()
      }
    },
  }
}
