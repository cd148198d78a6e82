import protobuf from 'protobufjs/minimal.js'
import { atMost } from '../../model/forwarding/retry.ts'

/** What an attempt to send a body came to. */
export type Answer =
  /** `rejected` records in a partial success, with the endpoint's words. */
  | { readonly kind: 'sent'; readonly rejected: number; readonly message: string }
  /** Must not be sent again. */
  | { readonly kind: 'refused'; readonly message: string }
  /** `afterMs`: as the endpoint asked; null where it did not. */
  | { readonly kind: 'retry'; readonly message: string; readonly afterMs: number | null }

export interface Outgoing {
  readonly encoding: 'protobuf' | 'json'
  readonly bytes: Uint8Array
}

/** To one endpoint, for one signal. Made when it is needed and closed when an attempt failed. */
export interface Connection {
  /** Never rejects. Ends by itself after the destination's time-out. */
  send(body: Outgoing): Promise<Answer>
  close(): void
}

/** An Export…ServiceResponse; the three number their fields alike: 1 partial_success { 1 rejected_…, 2 error_message }. */
export function partialSuccess(bytes: Uint8Array): { rejected: number; message: string } {
  const partial = lastField(bytes, 1)
  if (partial === null) return { rejected: 0, message: '' }
  let rejected = 0
  let message = ''
  eachField(partial, (field, reader, wireType) => {
    if (field === 1 && wireType === 0) rejected = Number(reader.int64())
    else if (field === 2 && wireType === 2) message = reader.string()
    else reader.skipType(wireType)
  })
  return { rejected: Math.max(0, rejected), message }
}

/** The same as OTLP/JSON. */
export function partialSuccessOfJson(text: string): { rejected: number; message: string } {
  const partial = member(parse(text), 'partialSuccess')
  const rejected = ['rejectedSpans', 'rejectedLogRecords', 'rejectedDataPoints'].map((name) =>
    Number(member(partial, name) ?? 0),
  )
  const message = member(partial, 'errorMessage')
  return {
    rejected: Math.max(0, ...rejected.filter(Number.isSafeInteger)),
    message: typeof message === 'string' ? message : '',
  }
}

/** The message of a google.rpc.Status; empty where the bytes are none. */
export function statusMessage(bytes: Uint8Array): string {
  return lastField(bytes, 2) === null ? '' : Buffer.from(lastField(bytes, 2) ?? []).toString()
}

export function statusMessageOfJson(text: string): string {
  const message = member(parse(text), 'message')
  return typeof message === 'string' ? message : ''
}

/** retry_delay of the google.rpc.RetryInfo among a google.rpc.Status's details; null where there is none. */
export function retryInfoMs(status: Uint8Array): number | null {
  let found: number | null = null
  eachField(status, (field, reader, wireType) => {
    if (field !== 3 || wireType !== 2) {
      reader.skipType(wireType)
      return
    }
    const detail = reader.bytes()
    const type = Buffer.from(lastField(detail, 1) ?? []).toString()
    if (!type.endsWith('/google.rpc.RetryInfo')) return
    const delay = lastField(lastField(detail, 2) ?? new Uint8Array(0), 1)
    found = delay === null ? 0 : atMost(durationMs(delay))
  })
  return found
}

function durationMs(bytes: Uint8Array): number {
  let ms = 0
  eachField(bytes, (field, reader, wireType) => {
    if (field === 1 && wireType === 0) ms += Number(reader.int64()) * 1000
    else if (field === 2 && wireType === 0) ms += reader.int32() / 1e6
    else reader.skipType(wireType)
  })
  return Math.max(0, Math.ceil(ms))
}

/** Bytes that are no message have no fields: an answer is read as far as it goes. */
function eachField(bytes: Uint8Array, each: (field: number, reader: protobuf.Reader, wireType: number) => void): void {
  try {
    const reader = protobuf.Reader.create(bytes)
    while (reader.pos < reader.len) {
      const tag = reader.uint32()
      each(tag >>> 3, reader, tag & 7)
    }
  } catch {
    return
  }
}

function lastField(bytes: Uint8Array, wanted: number): Uint8Array | null {
  let found: Uint8Array | null = null
  eachField(bytes, (field, reader, wireType) => {
    if (field === wanted && wireType === 2) found = reader.bytes()
    else reader.skipType(wireType)
  })
  return found
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
