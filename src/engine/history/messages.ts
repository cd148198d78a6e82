import type { HistoryProgress, HistoryScanned, HistoryStatus } from '../../contract/history.ts'
import type { Sought } from './codex-home.ts'
import type { Result } from '../../contract/result.ts'

export interface HistoryWorkerOptions {
  readonly dataDir: string
  /** Follows the files of these homes; without any, only what is asked is done. */
  readonly follows: Sought
}

export type HistoryRequest =
  /** Reads all that there is. */
  | { readonly kind: 'scan'; readonly id: number; readonly sought: Sought }
  /** What lies in the homes, without a look into any file. */
  | { readonly kind: 'look'; readonly id: number; readonly sought: Sought }
  | { readonly kind: 'follow'; readonly sought: Sought }
  | { readonly kind: 'written'; readonly of: number; readonly ok: boolean }
  | { readonly kind: 'ping' }
  | { readonly kind: 'close'; readonly id: number }

export type Look = Pick<HistoryStatus, 'found' | 'read' | 'problems'>

export type HistoryReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  /** `batch`: a HistoryBatch, packed by `node:v8`, so that the thread between hands it on as it is. */
  | { readonly kind: 'write'; readonly of: number; readonly batch: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'progress'; readonly progress: HistoryProgress | null }
  | { readonly kind: 'scanned'; readonly id: number; readonly result: Result<HistoryScanned> }
  | { readonly kind: 'looked'; readonly id: number; readonly look: Look }
  | { readonly kind: 'closed'; readonly id: number }
  | { readonly kind: 'pong' }
