import type { FoundWords, WordsParams, WordsState } from '../../../contract/words.ts'
import type { Result } from '../../../contract/result.ts'

export interface WordsOptions {
  readonly dataDir: string
}

export type WordsRequest =
  /** What was read of session files may have changed, or what may be indexed of it. */
  | { readonly kind: 'look' }
  | { readonly kind: 'find'; readonly id: number; readonly params: WordsParams }
  | { readonly kind: 'sessions'; readonly id: number; readonly words: string }
  | { readonly kind: 'state'; readonly id: number }
  | { readonly kind: 'ping' }
  | { readonly kind: 'close'; readonly id: number }

export type WordsReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'found'; readonly id: number; readonly result: Result<FoundWords> }
  | { readonly kind: 'sessionsFound'; readonly id: number; readonly ids: readonly string[] }
  | { readonly kind: 'stated'; readonly id: number; readonly state: WordsState }
  /** More is indexed than before. */
  | { readonly kind: 'grown' }
  | { readonly kind: 'closed'; readonly id: number }
  | { readonly kind: 'pong' }
