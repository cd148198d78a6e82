import { once } from 'node:events'
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface Sent {
  readonly method?: string
  readonly host?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: Uint8Array | Iterable<Uint8Array>
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** One request on a connection of its own; a body that is an iterable goes out chunked. */
export async function send(port: number, path: string, sent: Sent = {}): Promise<Reply> {
  const { method = 'POST', host = '127.0.0.1', headers = {}, body = new Uint8Array(0) } = sent
  const outgoing = request({ host, port, path, method, headers, agent: false })
  const replied = new Promise<Reply>((resolve, reject) => {
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      buffer(incoming).then(
        (bytes) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: bytes }),
        reject,
      )
    })
  })
  if ('expect' in headers) {
    outgoing.flushHeaders()
    await once(outgoing, 'continue')
  }
  if (body instanceof Uint8Array) outgoing.end(body)
  // A receiver that has answered may stop reading; what counts is the reply.
  else void pipeline(Readable.from(body), outgoing).catch(() => undefined)
  return replied
}

export const protobuf = { 'content-type': 'application/x-protobuf' }
export const json = { 'content-type': 'application/json' }

/** A bare connection, for what no HTTP client would send. `text` resolves with all it received once it is closed. */
export async function rawConnection(port: number): Promise<{ socket: Socket; text: Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  const parts: string[] = []
  socket.on('data', (chunk) => parts.push(chunk.toString('latin1')))
  socket.on('error', () => undefined)
  const text = new Promise<string>((resolve) => {
    socket.on('close', () => {
      resolve(parts.join(''))
    })
  })
  await once(socket, 'connect')
  return { socket, text }
}
