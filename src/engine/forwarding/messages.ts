import type { DestinationDraft, ForwardTest } from '../../contract/forwarding.ts'
import type { Result } from '../../contract/result.ts'
import type { Progress } from './cursors.ts'
import type { LiveLane } from './figures.ts'
import type { OwnReceivers } from './own-address.ts'

export interface ForwardWorkerOptions {
  readonly dataDir: string
  readonly own: OwnReceivers
  /** false: only to test destinations. */
  readonly sends: boolean
}

/** What the host's thread tells the sender. Header values pass only in a test of a draft that holds new ones. */
export type ForwardRequest =
  | { readonly kind: 'wake' }
  | { readonly kind: 'reload' }
  | { readonly kind: 'advanced'; readonly of: number; readonly ok: boolean }
  | { readonly kind: 'test'; readonly id: number; readonly draft: DestinationDraft }
  | { readonly kind: 'close'; readonly id: number }
  | { readonly kind: 'ping' }

export type ForwardReply =
  | { readonly kind: 'live'; readonly live: LiveLane }
  | { readonly kind: 'advance'; readonly of: number; readonly progress: Progress }
  | { readonly kind: 'tested'; readonly id: number; readonly result: Result<ForwardTest> }
  | { readonly kind: 'closed'; readonly id: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'pong' }
