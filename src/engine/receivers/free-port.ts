import { createServer } from 'node:net'

const attempts = 20

/** The next port that nobody listens on and that is none of `avoid`; null where none is near. */
export async function freePortAfter(port: number, host: string, avoid: readonly number[] = []): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(65_535, port + attempts); next++)
    if (!avoid.includes(next) && (await isFree(next, host))) return next
  return null
}

interface Place {
  readonly host: string
  readonly port: number
  readonly listens: boolean
}

/** For each that does not listen the next port that is free, two that follow each other where both do not; the others keep theirs. */
export async function freePorts({
  grpc,
  http,
}: Record<'grpc' | 'http', Place>): Promise<Record<'grpc' | 'http', number | null>> {
  if (grpc.listens && http.listens) return { grpc: grpc.port, http: http.port }
  const from = Math.max(grpc.port, http.port)
  if (grpc.listens) return { grpc: grpc.port, http: await freePortAfter(from, http.host) }
  if (http.listens) return { grpc: await freePortAfter(from, grpc.host), http: http.port }
  for (let next = from + 1; next < from + attempts && next < 65_535; next++)
    if ((await isFree(next, grpc.host)) && (await isFree(next + 1, http.host))) return { grpc: next, http: next + 1 }
  return { grpc: null, http: null }
}

function isFree(port: number, host: string): Promise<boolean> {
  return isFreeOn(port, host).then((free) => free && (host === '127.0.0.1' ? isFreeOn(port, '::1') : true))
}

/** A machine without IPv6 takes no port from anybody there. */
function isFreeOn(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'EADDRINUSE' && host === '::1')
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
