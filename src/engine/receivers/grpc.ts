import { createServer, type Socket } from 'node:net'
import {
  Metadata,
  Server,
  ServerCredentials,
  status as grpcStatus,
  type MethodDefinition,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js'
import type { Signal } from '../../model/signal.ts'
import { grpcPaths } from '../otlp/grpc-paths.ts'
import { owned } from './collect-bytes.ts'
import { encodeExportResponse } from './export-response.ts'
import { watchCalls } from './grpc-watch.ts'
import { instanceHeader } from './instance.ts'
import { listen } from './listen.ts'
import { tookNothing, type Accepted, type Receiver, type ReceiverOptions } from './received-body.ts'
import { encodeRetryStatus, rpcCode } from './rpc-status.ts'
import { defaultTiming, type Timing } from './timing.ts'

const signals = ['traces', 'logs', 'metrics'] as const satisfies readonly Signal[]

/** OTLP over gRPC. Rejects with the error of `listen`, for instance EADDRINUSE, where the port cannot be had. */
export async function startGrpcReceiver(options: ReceiverOptions, timing: Timing = defaultTiming): Promise<Receiver> {
  const sockets = new Map<string, Socket>()
  const server = new Server({
    'grpc.max_receive_message_length': options.maxBytes,
    'grpc.max_concurrent_streams': 128,
    'grpc.max_connection_idle_ms': timing.idleMs,
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
    'grpc.enable_channelz': 0,
    interceptors: [
      watchCalls({
        options,
        timing,
        signalOf: (method) => signals.find((signal) => grpcPaths[signal] === method.path) ?? null,
        disconnect: (peer) => sockets.get(peer)?.destroy(),
      }),
    ],
  })
  for (const signal of signals) server.addService({ Export: method(signal) }, { Export: handler(signal, options) })

  // The sockets are the receiver's own: the library's bind loses the error code of `listen`, and its shutdown waits for
  // senders without a limit.
  const injector = server.createConnectionInjector(credentials(options))
  const create = () =>
    createServer({ noDelay: true }, (socket) => {
      const peer = `${socket.remoteAddress ?? ''}:${String(socket.remotePort)}`
      sockets.set(peer, socket)
      socket.once('close', () => sockets.delete(peer))
      injector.injectConnection(socket)
    })

  const listening = await listen(create, options).catch((error: unknown) => {
    server.forceShutdown()
    throw error
  })
  return {
    address: listening.address,
    async close() {
      const closed = listening.servers.map((each) => new Promise<void>((resolve) => each.close(() => resolve())))
      const late = setTimeout(() => {
        for (const socket of sockets.values()) socket.destroy()
      }, timing.closeMs)
      await Promise.all([...closed, new Promise<void>((resolve) => server.tryShutdown(() => resolve()))])
      clearTimeout(late)
    },
  }
}

/** A client certificate is asked for where its authority is known, and refused without. */
function credentials({ tls }: ReceiverOptions): ServerCredentials {
  if (tls === undefined || tls === null) return ServerCredentials.createInsecure()
  const pair = { private_key: tls.key, cert_chain: tls.cert }
  return ServerCredentials.createSsl(tls.clientCa, [pair], tls.clientCa !== null)
}

type Handler = (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => void

function handler(signal: Signal, options: ReceiverOptions): Handler {
  const own = new Metadata()
  own.set(instanceHeader, options.instance)
  return (call, callback) => {
    call.sendMetadata(own.clone())
    const body = { signal, transport: 'grpc', encoding: 'protobuf', bytes: owned(call.request) } as const
    options.accept(body).then(
      (accepted) => {
        const told = {
          signal,
          transport: 'grpc',
          path: grpcPaths[signal],
          peer: call.getPeer(),
          reachedStore: true,
        } as const
        const agent = call.metadata.get('user-agent')[0]?.toString() ?? ''
        if (tookNothing(accepted)) options.refused({ ...told, agent, message: accepted.message })
        answer(signal, accepted, callback)
      },
      () => {
        callback({ code: grpcStatus.INTERNAL, details: 'the receiver could not process the message' })
      },
    )
  }
}

function answer(signal: Signal, accepted: Accepted, callback: sendUnaryData<Buffer>): void {
  switch (accepted.kind) {
    case 'stored':
      callback(null, Buffer.from(encodeExportResponse(signal, 'protobuf', accepted)))
      return
    case 'malformed':
      callback({ code: grpcStatus.INVALID_ARGUMENT, details: accepted.message })
      return
    case 'too_large':
      callback({ code: grpcStatus.RESOURCE_EXHAUSTED, details: accepted.message })
      return
    case 'unavailable': {
      const details = encodeRetryStatus(rpcCode.unavailable, accepted.message, accepted.retryAfterS)
      const metadata = new Metadata()
      metadata.set('grpc-status-details-bin', Buffer.from(details))
      callback({ code: grpcStatus.UNAVAILABLE, details: accepted.message, metadata })
    }
  }
}

/** Messages pass as they are: what they hold is the store's to read. */
function method(signal: Signal): MethodDefinition<Buffer, Buffer> {
  const pass = (bytes: Buffer) => bytes
  return {
    path: grpcPaths[signal],
    requestStream: false,
    responseStream: false,
    requestSerialize: pass,
    requestDeserialize: pass,
    responseSerialize: pass,
    responseDeserialize: pass,
  }
}
