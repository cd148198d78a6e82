import protobuf from 'protobufjs/minimal.js'
import type { ReceivedBody } from './received-body.ts'

export type Encoding = ReceivedBody['encoding']

/** The codes of google.rpc.Code that a receiver answers with. */
export const rpcCode = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const

export type RpcCode = (typeof rpcCode)[keyof typeof rpcCode]

/** A google.rpc.Status, the body of every 4xx and 5xx answer (OTLP/HTTP, "Failures"). */
export function encodeStatus(encoding: Encoding, code: RpcCode, message: string): Uint8Array {
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }))
  return statusWriter(code, message).finish()
}

/** A google.rpc.Status whose only detail is a google.rpc.RetryInfo (OTLP/gRPC, "Throttling"). */
export function encodeRetryStatus(code: RpcCode, message: string, retryAfterS: number): Uint8Array {
  const status = statusWriter(code, message)
  status.uint32(field(3, lengthDelimited)).fork()
  status.uint32(field(1, lengthDelimited)).string('type.googleapis.com/google.rpc.RetryInfo')
  status.uint32(field(2, lengthDelimited)).bytes(retryInfo(retryAfterS))
  return status.ldelim().finish()
}

function retryInfo(retryAfterS: number): Uint8Array {
  const info = protobuf.Writer.create()
  info.uint32(field(1, lengthDelimited)).fork()
  info.uint32(field(1, varint)).int64(Math.ceil(retryAfterS))
  return info.ldelim().finish()
}

function statusWriter(code: RpcCode, message: string): protobuf.Writer {
  const status = protobuf.Writer.create()
  status.uint32(field(1, varint)).int32(code)
  status.uint32(field(2, lengthDelimited)).string(message)
  return status
}

const varint = 0
const lengthDelimited = 2

function field(number: number, wireType: number): number {
  return (number << 3) | wireType
}
