import { STATUS_CODES, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refused } from './received-body.ts'
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
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || open.get(socket)?.headersSent === true) {
      socket.destroy()
      return
    }
    const { status, code, message } = faultOf(error.code)
    if (!open.has(socket)) refused(null, 'http', message)
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

function faultOf(code: string | undefined): Fault {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: rpcCode.deadlineExceeded, message: 'the request header did not arrive in time' }
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, code: rpcCode.invalidArgument, message: 'the request header is too large' }
    case 'HPE_PAUSED_H2_UPGRADE':
      return { status: 400, code: rpcCode.invalidArgument, message: 'this port takes OTLP over HTTP/1.1, not gRPC' }
    default:
      return { status: 400, code: rpcCode.invalidArgument, message: 'the request is not HTTP/1.1' }
  }
}
