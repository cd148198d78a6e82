import type { Signal } from '../../model/signal.ts'
import type { HeldPort } from './listen.ts'

/** One OTLP request as it came off the wire; nothing of its payload is decoded. */
export interface ReceivedBody {
  readonly signal: Signal
  readonly transport: 'http' | 'grpc'
  readonly encoding: 'protobuf' | 'json'
  /** Decompressed. Owns its whole ArrayBuffer (byteOffset 0, byteLength === buffer.byteLength), so that it can be transferred to a worker. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What became of a body. Each kind is one HTTP status and one gRPC code; only `unavailable` invites a retry. */
export type Accepted =
  /** `message` is empty when there is nothing to say; a message with `rejected` 0 is OTLP's way to warn. */
  | { readonly kind: 'stored'; readonly records: number; readonly rejected: number; readonly message: string }
  /** 400, INVALID_ARGUMENT. */
  | { readonly kind: 'malformed'; readonly message: string }
  /** 413, RESOURCE_EXHAUSTED without RetryInfo. */
  | { readonly kind: 'too_large'; readonly message: string }
  /** 503 with Retry-After, UNAVAILABLE with RetryInfo. */
  | { readonly kind: 'unavailable'; readonly message: string; readonly retryAfterS: number }

/** Whether there is anything that the sender's user should hear of: a warning beside what was taken is in the answer alone. */
export function tookNothing(accepted: Accepted): boolean {
  return accepted.kind !== 'stored' || (accepted.records === 0 && accepted.message !== '')
}

/** Resolves once the body's rows are committed: what a receiver acknowledges survives a crash. */
export type Accept = (body: ReceivedBody) => Promise<Accepted>

export interface RefusedRequest {
  readonly signal: Signal | null
  readonly transport: 'http' | 'grpc'
  /** As it was asked for; '' where nobody could read it. */
  readonly path: string
  /** The sender's address, and what it calls itself. */
  readonly peer: string
  readonly agent: string
  /** Why, and what to change. */
  readonly message: string
  /** `accept` has had it and counted it. */
  readonly reachedStore: boolean
}

/** Told of every request that is not taken: wrong type, too large, unreadable, … */
export type Refused = (request: RefusedRequest) => void

/** In PEM. */
export interface Tls {
  readonly cert: Buffer
  readonly key: Buffer
  /** Whose client certificates are taken; null: senders show none. */
  readonly clientCa: Buffer | null
}

export interface ReceiverOptions {
  readonly host: string
  readonly port: number
  /** The same, where it is open already. */
  readonly held?: HeldPort | null
  /** Limit of one body, before and after decompression. */
  readonly maxBytes: number
  /** Host header names accepted besides loopback ones. */
  readonly allowedHosts: readonly string[]
  /** Browser Origins accepted; all others are refused. */
  readonly allowedOrigins: readonly string[]
  /** What a sender must show as `authorization: Bearer …`; left out or null: nothing. */
  readonly token?: string | null
  /** Left out or null: plain text. */
  readonly tls?: Tls | null
  /** Which Colophon it is: told in every answer, so that a doctor knows it from another program. */
  readonly instance: string
  /** Where its page is, told in every answer over HTTP; left out or null: it has none. */
  readonly page?: string | null
  readonly accept: Accept
  readonly refused: Refused
}

export interface Receiver {
  /** `host:port` actually bound. */
  readonly address: string
  /** Stops accepting, lets requests in flight be answered for a few seconds, then closes every connection. */
  close(): Promise<void>
}
