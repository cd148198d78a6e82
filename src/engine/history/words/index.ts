import type { HistorySettings } from '../../../contract/history.ts'
import type { Value } from '../../../contract/index.ts'
import type { FoundWords, WordsParams, WordsState } from '../../../contract/words.ts'
import type { Result } from '../../../contract/result.ts'
import type { Changes } from '../../changes.ts'
import { keepRunning, type Watch } from '../../threads/keep-running.ts'
import { threadOf } from '../../threads/start-thread.ts'
import { removeWords } from '../../store/remove-words.ts'
import type { WordsOptions, WordsReply, WordsRequest } from './words-messages.ts'

export interface WordsGiven extends WordsOptions {
  readonly changes: Changes
  readonly watch: Watch
}

export interface WordsIndex {
  /** Switched off, nothing of it is left on the disk. */
  readonly set: (settings: HistorySettings) => Promise<void>
  /** What was read of session files has changed, or what may be indexed of it. */
  readonly look: () => void
  readonly find: (params: WordsParams) => Promise<Result<FoundWords>>
  /** Sessions that hold the words; none where nothing is indexed. */
  readonly sessions: (words: string) => Promise<readonly string[]>
  /** null: it is off. */
  readonly state: () => Promise<WordsState | null>
  readonly close: () => Promise<void>
}

type Reply<K extends WordsReply['kind']> = Extract<WordsReply, { kind: K }>

/**
 * The index of the words in session files: a database of its own beside the store, which one thread keeps and asks, once the user has said
 * yes. So the writer has nothing to do with it, and it can be taken away whole.
 */
export function wordsIndex({ dataDir, changes, watch }: WordsGiven): WordsIndex {
  let isOn = false
  const thread = keepRunning({
    part: 'words',
    start: threadOf('words', () => ({ dataDir }) satisfies WordsOptions),
    watch,
    onMessage(message) {
      if ((message as WordsReply).kind === 'grown') changes.note('status')
    },
  })
  const off: Value<'history.search'> = { state: 'off', hits: [], before: null }

  return {
    async set({ words }) {
      const wasOn = isOn
      isOn = words
      // Who asked as the setting was written was told of the state before.
      if (words !== wasOn) changes.note('settings')
      if (words && !wasOn) await thread.start().catch(() => undefined)
      if (words) return
      if (wasOn) await thread.end()
      removeWords(dataDir)
    },
    look() {
      if (isOn && thread.isUp) thread.tell({ kind: 'look' } satisfies WordsRequest)
    },
    async find(params) {
      if (!isOn) return { ok: true, value: off }
      return (await thread.askTwice<Reply<'found'>>({ kind: 'find', params })).result
    },
    async sessions(words) {
      // A list without them is better than none.
      if (!isOn || !thread.isUp) return []
      return thread.ask<Reply<'sessionsFound'>>({ kind: 'sessions', words }).then(
        ({ ids }) => ids,
        () => [],
      )
    },
    async state() {
      return isOn ? (await thread.ask<Reply<'stated'>>({ kind: 'state' })).state : null
    },
    close: () => (thread.isUp ? thread.close({ kind: 'close' }) : thread.close()),
  }
}
