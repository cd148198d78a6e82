import { once } from 'node:events'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Signal } from '../../model/signal.ts'
import { encodeExportResponse } from './export-response.ts'
import { drain } from './http-body.ts'
import { encodingOf, lengthOf, refusal, tooLarge, type Refusal } from './http-head.ts'
import type { Accepted } from './received-body.ts'
import { encodeStatus, rpcCode, type Encoding } from './rpc-status.ts'

interface Answer {
  readonly status: number
  readonly encoding: Encoding
  readonly headers?: OutgoingHttpHeaders
  readonly body: Uint8Array
}

/** The answer to a body that reached the store. */
export function answerTo(accepted: Accepted, signal: Signal, encoding: Encoding, maxBytes: number): Answer {
  switch (accepted.kind) {
    case 'stored':
      return { status: 200, encoding, body: encodeExportResponse(signal, encoding, accepted) }
    case 'malformed':
      return failure(encoding, refusal(400, rpcCode.invalidArgument, accepted.message))
    case 'too_large':
      return failure(encoding, { ...tooLarge(maxBytes), message: accepted.message })
    case 'unavailable': {
      const headers = { 'retry-after': String(Math.max(1, Math.ceil(accepted.retryAfterS))) }
      return failure(encoding, { ...refusal(503, rpcCode.unavailable, accepted.message), headers })
    }
  }
}

export function failure(encoding: Encoding, { status, code, message, headers }: Refusal): Answer {
  return { status, encoding, headers: headers ?? {}, body: encodeStatus(encoding, code, message) }
}

/** Resolves when the answer is with the operating system, or the sender is gone. */
export async function send(response: ServerResponse, answer: Answer): Promise<void> {
  if (response.destroyed) return
  writeHead(response, answer, {})
  response.end(answer.body)
  await once(response, 'close')
}

/**
 * Answers before the body was read, and ends the connection. The answer is whole at once; the connection outlives it
 * for as long as the sender still sends, within bounds, because closing earlier would reset it and lose the answer.
 */
export async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  because: Refusal,
  bounds: { bytes: number; ms: number },
): Promise<void> {
  const answer = failure(encodingOf(request) ?? 'json', because)
  if (lengthOf(request) === 0) return send(response, answer)
  if (response.destroyed) return
  writeHead(response, answer, { connection: 'close' })
  response.write(answer.body)
  await drain(request, bounds)
  response.end()
}

function writeHead(response: ServerResponse, answer: Answer, extra: OutgoingHttpHeaders): void {
  response.writeHead(answer.status, {
    'content-type': answer.encoding === 'json' ? 'application/json' : 'application/x-protobuf',
    'content-length': answer.body.length,
    ...answer.headers,
    ...extra,
  })
}
