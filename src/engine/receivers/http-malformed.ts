import { STATUS_CODES, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refused, RefusedRequest } from './received-body.ts'
import { encodeStatus, rpcCode, type RpcCode } from './rpc-status.ts'

interface Fault {
  readonly status: number
  readonly code: RpcCode
  readonly message: string
}

/**
 * Answers what the HTTP parser could not read, so that also these answers are a google.rpc.Status. `open` holds the
 * request a connection is busy with: once its answer has begun, nothing may be written between.
 */
export function answerMalformed(
  server: Server,
  open: WeakMap<Duplex, ServerResponse>,
  refused: Refused,
  drainMs: number,
): void {
  // A server without TLS never has it.
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const isPlain = error.code === 'ERR_SSL_HTTP_REQUEST' || /http request|wrong version number/i.test(error.message)
    const why = isPlain
      ? 'the sender speaks plain HTTP, but this port expects TLS: its endpoint must begin with https://'
      : `the TLS handshake failed: ${error.message}. The sender must trust this receiver’s certificate, and show its own if one is required`
    refused(unread(socket, why))
  })
  server.on('clientError', (error: ParserError, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || open.get(socket)?.headersSent === true) {
      socket.destroy()
      return
    }
    const { status, code, message } = faultOf(error)
    if (!open.has(socket)) refused(unread(socket, message))
    const body = encodeStatus('json', code, message)
    const head = [
      `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
      'content-type: application/json',
      `content-length: ${String(body.length)}`,
      'connection: close',
    ]
    socket.end(Buffer.concat([Buffer.from(head.join('\r\n') + '\r\n\r\n'), body]))
    const reaper = setTimeout(() => socket.destroy(), drainMs)
    socket.once('close', () => {
      clearTimeout(reaper)
    })
  })
}

/** What is told of a connection on which no request could be read. */
export function unread(socket: Duplex, message: string): RefusedRequest {
  const peer = 'remoteAddress' in socket && typeof socket.remoteAddress === 'string' ? socket.remoteAddress : ''
  return { signal: null, transport: 'http', path: '', peer, agent: '', message, reachedStore: false }
}

interface ParserError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer
}

/** TLS begins with a handshake record. */
const tlsHandshake = 0x16

function faultOf({ code, rawPacket }: ParserError): Fault {
  if (rawPacket?.[0] === tlsHandshake) {
    const message = 'the sender speaks TLS, but this port does not: its endpoint must begin with http://'
    return { status: 400, code: rpcCode.invalidArgument, message }
  }
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: rpcCode.deadlineExceeded, message: 'the request header did not arrive in time' }
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, code: rpcCode.invalidArgument, message: 'the request header is too large' }
    case 'HPE_PAUSED_H2_UPGRADE':
      return {
        status: 400,
        code: rpcCode.invalidArgument,
        message: 'this port takes OTLP over HTTP/1.1, not gRPC: send gRPC to the other port',
      }
    default:
      return { status: 400, code: rpcCode.invalidArgument, message: 'the request is not HTTP/1.1' }
  }
}
