import type { Alert } from '../contract/alerts.ts'
import type { Changed } from '../contract/changes.ts'
import type { Result } from '../contract/result.ts'

/** Where a receiver listens. Port 0 takes a free one. */
export interface ListenOptions {
  readonly host: string
  readonly port: number
}

/** null: the port that was set, or the usual one. */
export interface WantedPort {
  readonly host: string
  readonly port: number | null
}

/** A process that runs one of the engine's own files and can be ended at any moment. */
export type StartProcess = (file: string) => {
  readonly send: (message: unknown) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  /** `why` says in words how it ended. */
  readonly onExit: (listener: (why: string) => void) => void
  readonly kill: () => void
}

/** Keeps a secret so that this user of this machine alone can read it; null: the system has no such place, or does not give it. */
export interface Keychain {
  readonly seal: (text: string) => string | null
  readonly unseal: (sealed: string) => string | null
}

/** clean: the last stop was clean, and nothing was checked. `problems` are SQLite's own words. */
export type Integrity =
  | { readonly kind: 'clean' | 'sound' | 'not-checked' }
  | { readonly kind: 'damaged'; readonly problems: readonly string[] }

export interface EngineOptions {
  /** Folder of the database; made when missing, readable by its owner alone. */
  readonly dataDir: string
  readonly version: string
  readonly grpc: WantedPort
  readonly http: WantedPort
  /** Folder of the bundled sample session. */
  readonly sampleDir: string
  /** How long an unfinished session may say nothing before it counts as lost, in milliseconds. */
  readonly silenceMs?: number
  /** Where price data is fetched from when the user asks for it; left out: where it is published. */
  readonly priceDataUrl?: string
  /** Left out: secrets lie in files of their owner alone. */
  readonly keychain?: Keychain
  /** Left out: Node's own child processes. */
  readonly startProcess?: StartProcess
}

/** The product without a face. A host connects `dispatch` and `onChanged` to a transport, nothing more. */
export interface Engine {
  /** `host:port` of each receiver, null where its port could not be had. */
  readonly receivers: { readonly grpc: string | null; readonly http: string | null }
  /** Answers one procedure; never throws. Unknown names and params that do not fit are refused here, once for all hosts. */
  dispatch(name: unknown, params: unknown): Promise<Result<unknown>>
  /** Tells the listener at once what changed in the last `missedMs`, 0 left out. */
  onChanged(listener: (changed: Changed) => void, missedMs?: number): () => void
  /** Each alert once, when it fires: a host with a desktop shows it as a notification. */
  onAlert(listener: (alert: Alert) => void): () => void
  /** Closes the receivers, or opens them again where they were. What is sent meanwhile is lost: Codex never sends it again. */
  setReceiving(receives: boolean): Promise<void>
  /** What the check of the database after an unclean stop has found; it runs beside everything else. */
  readonly integrity: Promise<Integrity>
  /** Resolves where the engine can do nothing useful any more, with why, in words: the host says so, and ends. */
  readonly failed: Promise<string>
  /** Tells others of this machine where its page is: whoever finds the folder or a port taken can lead there. Without the token. */
  servesPage(url: string): void
  /** Stops accepting, commits what was accepted, closes the store. */
  close(): Promise<void>
}
