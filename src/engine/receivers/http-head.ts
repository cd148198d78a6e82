import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { signal as signals, type Signal } from '../../model/signal.ts'
import { foreign, unauthorized } from './guard.ts'
import type { ReceiverOptions } from './received-body.ts'
import { rpcCode, type Encoding, type RpcCode } from './rpc-status.ts'

export interface Refusal {
  readonly kind: 'refusal'
  readonly status: number
  readonly code: RpcCode
  readonly message: string
  readonly headers?: OutgoingHttpHeaders
}

export interface Export {
  readonly kind: 'export'
  readonly signal: Signal
  readonly encoding: Encoding
  readonly gzip: boolean
  /** Bytes on the wire, null when the body is chunked. */
  readonly length: number | null
}

const encodings = new Map<string, Encoding>([
  ['application/x-protobuf', 'protobuf'],
  ['application/json', 'json'],
])

/** Whether the body holds gzip, by content-encoding; other encodings are not taken. */
const compressions = new Map([
  ['', false],
  ['identity', false],
  ['none', false],
  ['gzip', true],
])

/** What a request asks for, judged by its header alone, so that nothing of a refused body is read. */
export function readHead(request: IncomingMessage, options: ReceiverOptions): Export | Refusal {
  const { headers } = request
  const unwelcome = foreign({ host: headers.host, origin: headers.origin }, options)
  if (unwelcome !== null) return refusal(403, rpcCode.permissionDenied, unwelcome)
  const stranger = unauthorized(headers.authorization, options)
  if (stranger !== null)
    return { ...refusal(401, rpcCode.unauthenticated, stranger), headers: { 'www-authenticate': 'Bearer' } }

  const signal = signalOf(request)
  if (signal === null) {
    return refusal(404, rpcCode.notFound, 'no such path: OTLP is taken at /v1/traces, /v1/logs and /v1/metrics')
  }
  if (request.method !== 'POST') {
    return { ...refusal(405, rpcCode.unimplemented, 'the method must be POST'), headers: { allow: 'POST' } }
  }
  const encoding = encodingOf(request)
  if (encoding === null) {
    const type = JSON.stringify((headers['content-type'] ?? 'none').slice(0, 80))
    const message = `the content type must be application/x-protobuf or application/json, not ${type}`
    return refusal(415, rpcCode.invalidArgument, message)
  }
  const gzip = compressions.get((headers['content-encoding'] ?? '').trim().toLowerCase())
  if (gzip === undefined) return refusal(415, rpcCode.invalidArgument, 'the content encoding must be gzip or none')

  const length = lengthOf(request)
  if (length !== null && length > options.maxBytes) return tooLarge(options.maxBytes)
  return { kind: 'export', signal, encoding, gzip, length }
}

export function refusal(status: number, code: RpcCode, message: string): Refusal {
  return { kind: 'refusal', status, code, message }
}

export function tooLarge(maxBytes: number): Refusal {
  return refusal(413, rpcCode.resourceExhausted, `the body is larger than ${String(maxBytes)} bytes`)
}

/** The encoding a request is answered in; null where it names none that OTLP has. */
export function encodingOf(request: IncomingMessage): Encoding | null {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';')
  return encodings.get(type.trim().toLowerCase()) ?? null
}

export function signalOf(request: IncomingMessage): Signal | null {
  const [path = ''] = (request.url ?? '').split('?')
  return path.startsWith('/v1/') ? (signals.safeParse(path.slice('/v1/'.length)).data ?? null) : null
}

/** Bytes of the body, null when it is chunked. The parser has checked that the header is a number and that no transfer-encoding contradicts it. */
export function lengthOf(request: IncomingMessage): number | null {
  const length = request.headers['content-length']
  if (length !== undefined) return Number(length)
  return request.headers['transfer-encoding'] === undefined ? 0 : null
}
