import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What the collector does with one request. Only `ok`, `slow`, `partial` and `break` take it. */
export type Behaviour =
  | { readonly does: 'ok' }
  /** Takes the request, and answers this much later. */
  | { readonly does: 'slow'; readonly ms: number }
  | { readonly does: 'partial'; readonly body: Buffer; readonly type: string }
  | {
      readonly does: 'answer'
      readonly status: number
      readonly headers?: Record<string, string>
      readonly body?: string
    }
  | { readonly does: 'hang' }
  /** Ends the connection before anything is answered, without having taken the request. */
  | { readonly does: 'reset' }
  /** Takes the request, and ends the connection before the answer. */
  | { readonly does: 'break' }

export interface Collector {
  readonly port: number
  readonly url: string
  /** What it has taken, in order. */
  readonly taken: Received[]
  /** Every request that reached it, with the moment it did. */
  readonly asked: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly atMs: number }[]
  /** For the next requests, in turn; after them it takes everything. */
  readonly next: Behaviour[]
  close(): Promise<void>
}

/** A stand-in for an OTLP/HTTP endpoint. `port` 0 takes a free one. */
export async function startCollector(port = 0, tls?: ServerOptions): Promise<Collector> {
  const taken: Received[] = []
  const asked: { path: string; headers: IncomingHttpHeaders; atMs: number }[] = []
  const next: Behaviour[] = []
  const sockets = new Set<Socket>()
  const listener: Parameters<typeof createServer>[1] = (request, response) => {
    void (async () => {
      const path = request.url ?? ''
      asked.push({ path, headers: request.headers, atMs: performance.now() })
      const behaviour = next.shift() ?? { does: 'ok' }
      if (behaviour.does === 'reset') request.socket.destroy()
      const raw = await buffer(request).catch(() => null)
      if (raw === null) return
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
      if (['ok', 'slow', 'partial', 'break'].includes(behaviour.does))
        taken.push({ path, headers: request.headers, body })
      act(behaviour, response, request.socket)
    })()
  }
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: bound } = server.address() as AddressInfo
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  onTestFinished(close)
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${bound}`
  return { port: bound, url, taken, asked, next, close }
}

function act(behaviour: Behaviour, response: ServerResponse, socket: Socket): void {
  if (behaviour.does === 'ok') response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
  else if (behaviour.does === 'slow') setTimeout(() => response.writeHead(200).end(), behaviour.ms)
  else if (behaviour.does === 'partial') response.writeHead(200, { 'content-type': behaviour.type }).end(behaviour.body)
  else if (behaviour.does === 'answer')
    response.writeHead(behaviour.status, { 'content-type': 'text/plain', ...behaviour.headers }).end(behaviour.body)
  else if (behaviour.does === 'break') socket.destroy()
}
