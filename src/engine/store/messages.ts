import type { Alert } from '../../contract/alerts.ts'
import type { Result } from '../../contract/result.ts'
import type { Found } from '../queries/body-scan.ts'
import type { SearchJob } from '../queries/search-job.ts'
import type { Accepted } from '../receivers/received-body.ts'
import type { Signal } from '../../model/signal.ts'
import type { Origin } from './ingest.ts'

/** What the host's thread sends the writer. `bytes` are transferred, not copied. */
export type WriterRequest =
  | {
      readonly kind: 'store'
      readonly id: number
      readonly signal: Signal
      readonly encoding: 'protobuf' | 'json'
      readonly origin: Origin
      readonly bytes: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'close' }

/** What became of a body: the receiver's answer, and what the counters need. */
export interface Stored {
  readonly accepted: Accepted
  readonly repeated: boolean
  readonly cut: number
  /** Values left out for privacy. */
  readonly edited: number
  readonly bytes: number
  readonly service: string
  readonly version: string
}

export type WriterReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'stored'; readonly id: number; readonly stored: Stored }
  | { readonly kind: 'called'; readonly id: number; readonly result: Result<unknown> }
  /** Facts have changed: whoever shows sessions asks again. */
  | { readonly kind: 'settled' }
  /** What the user wants to be told of has happened; each is told once. */
  | { readonly kind: 'alerted'; readonly alerts: readonly Alert[] }
  /** A long work of the store has come further, or ended. */
  | { readonly kind: 'jobChanged' }
  | { readonly kind: 'closed' }

export interface ReaderRequest {
  readonly id: number
  readonly name: string
  readonly params: unknown
}

export type ReaderReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'called'; readonly id: number; readonly result: Result<unknown> }

export interface SearchRequest {
  readonly id: number
  readonly job: SearchJob
}

export interface SearchReply {
  readonly id: number
  readonly found: readonly Found[]
}

export interface WorkerOptions {
  /** Of Colophon; stands in the files that it writes. */
  readonly version: string
  readonly dataDir: string
  readonly sampleDir: string
  readonly silenceMs: number
}
