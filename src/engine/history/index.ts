import type { HistoryProgress, HistorySettings, HistoryStatus } from '../../contract/history.ts'
import { noHistory } from '../../contract/history.ts'
import type { Result } from '../../contract/result.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Changes } from '../changes.ts'
import type { Handlers } from '../dispatch.ts'
import { followAnswer } from '../follow-answer.ts'
import { keepRunning, type Watch } from '../threads/keep-running.ts'
import { threadOf } from '../threads/start-thread.ts'
import type { ReaderClient, WriterClient } from '../worker-client.ts'
import { soughtBy, type Sought } from './codex-home.ts'
import type { Forgot } from './history-store.ts'
import type { HistoryReply, HistoryRequest, HistoryWorkerOptions } from './messages.ts'
import { wordsIndex } from './words/index.ts'

export interface HistoryGiven {
  readonly dataDir: string
  readonly silenceMs: number
  readonly writer: Pick<WriterClient, 'call'>
  readonly reader: Pick<ReaderClient, 'call'>
  readonly changes: Changes
  readonly watch: Watch
}

export interface History {
  readonly handlers: Pick<Handlers, 'history.scan' | 'history.status' | 'history.forget' | 'history.search'>
  /** Sessions whose files hold the words; none where no words are indexed. */
  sessionsWith(words: string): Promise<readonly string[]>
  /** What is stored of session files, or what may be kept of them, was changed by another hand. */
  changed(): void
  /** The settings may have changed. */
  settingsChanged(): Promise<void>
  /** Reads nothing from here on until somebody says so; what is being read has come to its end. */
  pause(): Promise<void>
  close(): Promise<void>
}

const nowhere: Sought = { homes: [], archived: true }

/** Reads Codex's own session files on a thread of its own, once the user has said yes. */
export function startHistory(given: HistoryGiven): History {
  const { dataDir, writer, reader, changes, watch } = given
  const index = wordsIndex(given)
  let progress: HistoryProgress | null = null
  let settings: HistorySettings = noHistory
  let starting: Promise<unknown> = Promise.resolve()
  /** What was read last; it is read and written again until it is. */
  let notWritten: string | null = null
  const follows = (): Sought => (settings.enabled && !settings.paused ? soughtBy(settings) : nowhere)
  const thread = keepRunning({
    part: 'history',
    start: threadOf('history', () => ({ dataDir, follows: follows() }) satisfies HistoryWorkerOptions),
    watch(event) {
      if (event.kind === 'ended') progress = null
      watch(event)
    },
    onMessage(message) {
      const reply = message as HistoryReply
      if (reply.kind === 'progress') {
        progress = reply.progress
        changes.note('status')
      } else if (reply.kind === 'write') {
        void writer.call('history.write', reply.batch, [reply.batch.buffer]).then((result) => {
          const { ok } = result
          notWritten = result.ok ? null : `what was read cannot be stored: ${result.error.message}`
          thread.tell({ kind: 'written', of: reply.of, ok } satisfies HistoryRequest)
          changes.note('sessions')
          index.look()
        })
      }
    },
  })

  /** Starts or tells the thread; one that has nothing to follow is left as it is. */
  async function follow({ history = noHistory }: Settings): Promise<void> {
    const before = follows()
    settings = history
    await index.set(settings)
    const now = follows()
    if (JSON.stringify(before) === JSON.stringify(now)) return
    // While it begins it hears nothing, and would follow what it was begun with.
    await starting
    if (thread.isUp) thread.tell({ kind: 'follow', sought: follows() } satisfies HistoryRequest)
    else if (now.homes.length > 0) starting = thread.start().catch(() => undefined)
  }
  const following = followAnswer(async () => (await reader.call('settings.read', {})) as Result<Settings>, follow)
  const settingsChanged = following.look
  /** Until then nothing is known to be followed. */
  const begun = settingsChanged()

  /** Comes back when nothing that was followed is being read any more. */
  async function rest(): Promise<void> {
    // It may have been begun a moment ago by a question, with what was followed then: it is told once it answers.
    const answered = async (request: object): Promise<void> => void (await thread.ask(request).catch(() => undefined))
    await answered({ kind: 'look', sought: nowhere })
    thread.tell({ kind: 'follow', sought: follows() } satisfies HistoryRequest)
    // One pass at a time: this one, over nothing, comes after the one that has been told to stop.
    await answered({ kind: 'scan', sought: nowhere })
  }

  const handlers: History['handlers'] = {
    'history.scan': async (asked) => {
      await begun
      const request = { kind: 'scan', sought: soughtBy(settings, asked) }
      const { result } = await thread.ask<Extract<HistoryReply, { kind: 'scanned' }>>(request)
      changes.note('sessions')
      return result
    },
    'history.status': async (asked) => {
      await begun
      const request = { kind: 'look', sought: soughtBy(settings, asked) }
      const { look } = await thread.ask<Extract<HistoryReply, { kind: 'looked' }>>(request)
      const problems = [...(notWritten === null ? [] : [{ path: dataDir, words: notWritten }]), ...look.problems]
      return {
        ok: true,
        value: { ...settings, ...look, problems, progress, index: await index.state() } satisfies HistoryStatus,
      }
    },
    'history.forget': async () => {
      await begun
      // What is followed would be read again, and words are of what was read.
      if (settings.enabled || settings.words) {
        const wasFollowing = follows().homes.length > 0
        await writer.call('settings.write', { history: { ...settings, enabled: false, words: false } })
        await settingsChanged()
        if (wasFollowing) await rest()
      }
      let files = 0
      for (let left = 1; left > 0;) {
        const forgot = (await writer.call('history.forgetSome', {})) as Result<Forgot>
        if (!forgot.ok) return forgot
        files += forgot.value.forgotten
        left = forgot.value.left
      }
      changes.note('sessions')
      changes.note('settings')
      return { ok: true, value: { files } }
    },
    'history.search': async (params) => {
      await begun
      return index.find(params)
    },
  }

  return {
    handlers,
    settingsChanged,
    async pause() {
      await begun
      if (follows().homes.length === 0) return
      await writer.call('settings.write', { history: { ...settings, paused: true } })
      await settingsChanged()
      changes.note('settings')
      await rest()
    },
    async sessionsWith(words) {
      await begun
      return index.sessions(words)
    },
    changed: () => {
      index.look()
    },
    async close() {
      following.stop()
      await begun
      await (thread.isUp ? thread.close({ kind: 'close' }) : thread.close())
      await index.close()
    },
  }
}
