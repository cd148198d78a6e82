import type { Alert } from '../../contract/alerts.ts'
import type { Result } from '../../contract/result.ts'
import type { StoreJob } from '../../contract/store.ts'
import type { Found } from '../queries/body-scan.ts'
import type { SearchJob } from '../queries/search-job.ts'
import type { Accepted } from '../receivers/received-body.ts'
import type { Signal } from '../../model/signal.ts'
import type { PartEvent } from '../threads/keep-running.ts'
import type { Derivation } from './derivations.ts'
import type { Origin } from './origins.ts'
import type { PackedBody } from './packed-body.ts'

/** What the host's thread sends the writer. Bytes are transferred, not copied. */
export type WriterRequest =
  | {
      readonly kind: 'store'
      readonly id: number
      readonly signal: Signal
      readonly encoding: 'protobuf' | 'json'
      readonly origin: Origin
      readonly bytes: Uint8Array<ArrayBuffer>
      /** Of these bytes; null: nobody has done it yet. */
      readonly packed: PackedBody | null
    }
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'close'; readonly id: number }
  /** Wants to hear that the thread answers. */
  | { readonly kind: 'ping' }

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
  /** Why the disk did not take it, in words; null: it did, or was not asked to. */
  readonly disk: string | null
}

/** A long work of the store that runs, and the file that it leaves behind when it is cut off. */
export interface RunningJob {
  readonly kind: StoreJob['kind']
  readonly unfinishedFile: string | null
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
  /** What becomes of a thread that the writer has started. */
  | { readonly kind: 'part'; readonly event: PartEvent }
  /** A long work of the store has come further, or ended. */
  | { readonly kind: 'jobChanged'; readonly running: RunningJob | null }
  | { readonly kind: 'closed'; readonly id: number }
  | { readonly kind: 'pong' }

export type ReaderRequest =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly params: unknown }
  /** Ends the thread that it has started. */
  | { readonly kind: 'close'; readonly id: number }
  | { readonly kind: 'ping' }

export type ReaderReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'called'; readonly id: number; readonly result: Result<unknown> }
  /** What becomes of a thread that the reader has started. */
  | { readonly kind: 'part'; readonly event: PartEvent }
  | { readonly kind: 'closed'; readonly id: number }
  | { readonly kind: 'pong' }

export type SearchRequest =
  { readonly kind: 'scan'; readonly id: number; readonly job: SearchJob } | { readonly kind: 'ping' }

/** What the writer's thread asks of the one that derives long sessions. */
export type SettleRequest =
  | { readonly kind: 'derive'; readonly id: number; readonly what: Derivation; readonly sessionId: string }
  /** The next piece of what is to be written of it. */
  | { readonly kind: 'piece'; readonly id: number }
  | { readonly kind: 'ping' }

export type SettleReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'derived'; readonly id: number; readonly error: string | null }
  /** null: there is no further one. */
  | { readonly kind: 'piece'; readonly id: number; readonly piece: Uint8Array | null }
  | { readonly kind: 'pong' }

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

export interface WriterOptions extends WorkerOptions {
  /** What the writer before this one was at when it ended, and why it ended; null: nothing, or there was none. */
  readonly cutOff: (RunningJob & { readonly why: string }) | null
}
