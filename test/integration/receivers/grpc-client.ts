import {
  connect,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2'
import { once } from 'node:events'
import { Client, credentials, type Metadata } from '@grpc/grpc-js'
import { onTestFinished } from 'vitest'

export const exportPath = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
} as const

export interface Reply {
  readonly code: number
  readonly details: string
  readonly message: Buffer
  readonly trailers: Metadata
}

interface Called {
  readonly gzip?: boolean
  readonly authority?: string
  readonly path?: string
}

const pass = (bytes: Buffer) => bytes

/** One unary call with the real client. */
export function call(address: string, message: Uint8Array, called: Called = {}): Promise<Reply> {
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_send_message_length': -1,
    ...(called.gzip === true ? { 'grpc.default_compression_algorithm': 2 } : {}),
    ...(called.authority === undefined ? {} : { 'grpc.default_authority': called.authority }),
  })
  onTestFinished(() => {
    client.close()
  })
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0)
    const path = called.path ?? exportPath.traces
    const unary = client.makeUnaryRequest(path, pass, pass, Buffer.from(message), (_error, answer) => {
      received = answer ?? received
    })
    unary.on('status', ({ code, details, metadata }) => {
      resolve({ code, details, message: received, trailers: metadata })
    })
  })
}

/** A bare HTTP/2 connection, for what no gRPC client would send. */
export function rawSession(port: number): ClientHttp2Session {
  const session = connect(`http://127.0.0.1:${String(port)}`)
  session.on('error', () => undefined)
  onTestFinished(() => {
    session.destroy()
  })
  return session
}

/** Opens a call without sending its message. */
export function openCall(session: ClientHttp2Session, headers: OutgoingHttpHeaders = {}): ClientHttp2Stream {
  const stream = session.request(
    {
      ':method': 'POST',
      ':path': exportPath.traces,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    },
    { endStream: false },
  )
  stream.on('error', () => undefined)
  stream.resume()
  return stream
}

/** The gRPC status of a call that ends, wherever it stands: in the headers alone or in the trailers. */
export function statusOf(stream: ClientHttp2Stream): Promise<number> {
  return new Promise((resolve) => {
    stream.on('response', (headers) => {
      if (headers['grpc-status'] !== undefined) resolve(Number(headers['grpc-status']))
    })
    stream.on('trailers', (trailers: IncomingHttpHeaders) => {
      resolve(Number(trailers['grpc-status']))
    })
  })
}

/** A message in gRPC's framing: a compressed flag, four bytes of length, the bytes. */
export function framed(bytes: Uint8Array, compressed = false, length = bytes.length): Buffer {
  const frame = Buffer.alloc(5 + bytes.length)
  frame.writeUInt8(compressed ? 1 : 0, 0)
  frame.writeUInt32BE(length, 1)
  frame.set(bytes, 5)
  return frame
}

export async function closed(emitter: ClientHttp2Session | ClientHttp2Stream): Promise<void> {
  if (!emitter.destroyed) await once(emitter, 'close')
}
