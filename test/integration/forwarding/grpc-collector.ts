import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type MethodDefinition,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js'
import { onTestFinished } from 'vitest'
import type { Signal } from '../../../src/model/signal.ts'
import { exportPath } from '../receivers/grpc-client.ts'

export interface GrpcReceived {
  readonly signal: Signal
  readonly metadata: Record<string, unknown>
  readonly body: Buffer
}

/** What the collector does with one call. Only `ok`, `partial` and `break` take it. */
export type GrpcBehaviour =
  | { readonly does: 'ok' }
  | { readonly does: 'partial'; readonly body: Buffer }
  | { readonly does: 'answer'; readonly code: number; readonly details?: Buffer }
  | { readonly does: 'hang' }
  | { readonly does: 'reset' }
  | { readonly does: 'break' }

export interface GrpcCollector {
  readonly port: number
  readonly taken: GrpcReceived[]
  readonly asked: { readonly signal: Signal; readonly atMs: number }[]
  readonly next: GrpcBehaviour[]
  close(): Promise<void>
}

/** A stand-in for an OTLP/gRPC endpoint. */
export async function startGrpcCollector(port = 0, tls?: TlsOptions): Promise<GrpcCollector> {
  const taken: GrpcReceived[] = []
  const asked: { signal: Signal; atMs: number }[] = []
  const next: GrpcBehaviour[] = []
  const sockets = new Set<Socket>()
  const grpc = new Server({ 'grpc.max_receive_message_length': -1 })
  const breakOff = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const handler = (signal: Signal) => (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
    asked.push({ signal, atMs: performance.now() })
    const behaviour = next.shift() ?? { does: 'ok' }
    if (['ok', 'partial', 'break'].includes(behaviour.does))
      taken.push({ signal, metadata: call.metadata.getMap(), body: Buffer.from(call.request) })
    if (behaviour.does === 'ok') callback(null, Buffer.alloc(0))
    else if (behaviour.does === 'partial') callback(null, behaviour.body)
    else if (behaviour.does === 'reset' || behaviour.does === 'break') breakOff()
    else if (behaviour.does === 'answer') {
      const metadata = new Metadata()
      if (behaviour.details !== undefined) metadata.set('grpc-status-details-bin', behaviour.details)
      callback({ code: behaviour.code, details: `is ${status[behaviour.code] ?? ''}`, metadata })
    }
  }
  for (const signal of ['traces', 'logs', 'metrics'] as const)
    grpc.addService({ Export: method(signal) }, { Export: handler(signal) })
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure())
  const take = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    injector.injectConnection(socket)
  }
  const server = tls === undefined ? createServer(take) : createTlsServer({ ...tls, ALPNProtocols: ['h2'] }, take)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    breakOff()
    grpc.forceShutdown()
    server.close()
    await once(server, 'close')
  }
  onTestFinished(close)
  return { port: (server.address() as AddressInfo).port, taken, asked, next, close }
}

function method(signal: Signal): MethodDefinition<Buffer, Buffer> {
  const pass = (bytes: Buffer): Buffer => bytes
  return {
    path: exportPath[signal],
    requestStream: false,
    responseStream: false,
    requestSerialize: pass,
    requestDeserialize: pass,
    responseSerialize: pass,
    responseDeserialize: pass,
  }
}
