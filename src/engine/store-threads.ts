import { makeFolder } from './make-folder.ts'
import type { Alert } from '../contract/alerts.ts'
import { defaultSilenceMs } from '../model/session/state.ts'
import { createChanges, type Changes } from './changes.ts'
import type { EngineOptions } from './engine.ts'
import type { WorkerOptions } from './store/messages.ts'
import { watchDisk } from './store/watch-disk.ts'
import type { PartEvent, Watch } from './threads/keep-running.ts'
import { gaveUp, troubleKeeper } from './threads/troubles.ts'
import {
  readerClient,
  startWriter,
  type ReaderClient,
  type WriterClient,
  type WriterListener,
} from './worker-client.ts'

/** The store and what tells of it: what everything else of the engine stands on. */
export interface StoreThreads {
  readonly workerOptions: WorkerOptions
  readonly changes: Changes
  readonly troubles: ReturnType<typeof troubleKeeper>
  readonly diskWatch: ReturnType<typeof watchDisk>
  readonly watch: Watch
  readonly writer: WriterClient
  readonly reader: ReaderClient
  readonly alertListeners: Set<(alert: Alert) => void>
  /** Why, in words, where the engine can do nothing useful any more. */
  readonly failed: Promise<string>
}

/** Rejects when the data folder cannot be used. Imports nothing large, so that the threads start before the rest is loaded. */
export async function startStoreThreads(options: EngineOptions): Promise<StoreThreads> {
  makeFolder(options.dataDir)
  const { dataDir, sampleDir, silenceMs = defaultSilenceMs } = options
  const changes = createChanges()
  const workerOptions = { dataDir, sampleDir, silenceMs, version: options.version }
  const alertListeners = new Set<(alert: Alert) => void>()
  const troubles = troubleKeeper(() => {
    changes.note('status')
  })
  let fail: (why: string) => void
  const failed = new Promise<string>((resolve) => {
    fail = resolve
  })
  function watch(event: PartEvent): void {
    troubles.part(event)
    // What was asked meanwhile was refused.
    if (event.kind === 'started') changes.note('sessions')
    if (event.kind === 'ended' && event.againInMs === null) fail(gaveUp(event.part, event.why))
  }
  const diskWatch = watchDisk(dataDir, troubles, async () => (await writer.call('store.probe', {})).ok)
  const listener = {
    disk: (why: string | null) => {
      diskWatch.told(why)
    },
    settled: () => {
      changes.note('sessions')
    },
    jobChanged: () => {
      changes.note('sessions')
      changes.note('status')
    },
    alerted: (alerts) => {
      changes.note('alerts')
      for (const alert of alerts) for (const tell of alertListeners) tell(alert)
    },
  } satisfies WriterListener
  const writer = await startWriter(workerOptions, listener, watch)
  const reader = readerClient(workerOptions, watch, 'reader')
  return { workerOptions, changes, troubles, diskWatch, watch, writer, reader, alertListeners, failed }
}
