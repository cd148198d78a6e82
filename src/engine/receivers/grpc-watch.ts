import {
  ServerInterceptingCall,
  status as grpcStatus,
  type ServerInterceptor,
  type ServerMethodDefinition,
} from '@grpc/grpc-js'
import type { Signal } from '../../model/signal.ts'
import { foreign, unauthorized } from './guard.ts'
import type { ReceiverOptions } from './received-body.ts'
import type { Timing } from './timing.ts'

export interface Watch {
  readonly options: ReceiverOptions
  readonly timing: Timing
  readonly signalOf: (method: ServerMethodDefinition<unknown, unknown>) => Signal | null
  /** Ends the connection of a peer, named as `ServerInterceptingCallInterface.getPeer` names it. */
  readonly disconnect: (peer: string) => void
}

const incomplete = 'the call ended before its message did'

/** Watches a call until its message is whole: who it is for, how long it takes, and why it fails before a handler sees it. */
export function watchCalls({ options, timing, signalOf, disconnect }: Watch): ServerInterceptor {
  return (method, call) => {
    const peer = call.getPeer()
    let agent = ''
    let received = false
    let whole = false
    let ended = false

    const refused = (message: string) => {
      clearTimeout(timer)
      const path = method.path
      if (!whole && !ended)
        options.refused({
          signal: signalOf(method),
          transport: 'grpc',
          path,
          peer,
          agent,
          message,
          reachedStore: false,
        })
      ended = true
    }

    // Every status passes here, also those the library sends by itself (message too large, compression broken).
    const sendStatus = call.sendStatus.bind(call)
    call.sendStatus = (status) => {
      refused(status.details)
      // Only a request that cannot be read ends so before it is whole; INTERNAL would blame the receiver.
      const unreadable = !whole && status.code === grpcStatus.INTERNAL
      sendStatus(unreadable ? { ...status, code: grpcStatus.INVALID_ARGUMENT } : status)
    }

    const timer = setTimeout(() => {
      call.sendStatus({ code: grpcStatus.DEADLINE_EXCEEDED, details: 'the message did not arrive in time' })
      // A stream that its sender never ends stays open after its status, and keeps what it buffered.
      setTimeout(disconnect, timing.drainMs, peer).unref()
    }, timing.bodyMs)

    return new ServerInterceptingCall(call, {
      start(next) {
        next({
          onReceiveMetadata(metadata, pass) {
            agent = metadata.get('user-agent')[0]?.toString() ?? ''
            const origin = metadata.get('origin')[0]?.toString()
            const unwelcome = foreign({ host: call.getHost(), origin }, options)
            const stranger = unauthorized(metadata.get('authorization')[0]?.toString(), options)
            if (unwelcome !== null) call.sendStatus({ code: grpcStatus.PERMISSION_DENIED, details: unwelcome })
            else if (stranger !== null) call.sendStatus({ code: grpcStatus.UNAUTHENTICATED, details: stranger })
            else pass(metadata)
          },
          onReceiveMessage(message, pass) {
            received = true
            pass(message)
          },
          // Comes after the message, and also when the connection breaks before it.
          onReceiveHalfClose(pass) {
            clearTimeout(timer)
            if (!received) {
              call.sendStatus({ code: grpcStatus.INVALID_ARGUMENT, details: incomplete })
              return
            }
            whole = true
            pass()
          },
          onCancel() {
            refused(incomplete)
          },
        })
      },
    })
  }
}
