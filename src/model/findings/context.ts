import type { Ledger } from '../ledger/ledger.ts'
import type { Stretch } from '../ledger/share.ts'
import type { DraftRow, SessionRows } from '../tree/draft.ts'
import type { SessionFacts } from '../tree/facts.ts'

/** A completed response with what its tokens cost. */
export interface PricedCall {
  /** Nanoseconds after the base. */
  readonly at: number
  readonly model: string | null
  readonly effort: string | null
  readonly input: number
  readonly cached: number
  readonly output: number
  readonly reasoning: number
  readonly ttftMs: number | null
  /** All of it; null where it has no price. */
  readonly usd: number | null
  /** Of one token. */
  readonly rates: { readonly input: number; readonly cached: number; readonly output: number } | null
}

/** A call of the session with its row. */
export interface CallInRow extends PricedCall {
  readonly row: DraftRow | null
}

/** A session that this one started, whose calls count among its cost. */
export interface HelperFacts {
  readonly id: string
  readonly kind: string
  readonly usd: number | null
  readonly start: number
  /** When it worked. */
  readonly turns: readonly Stretch[]
}

/** An answer of the user to the question whether a command may run. */
export interface Approval {
  readonly command: string
  readonly denied: boolean
}

/**
 * What the user's own history says, of what was before this session began. Ascending lists; a name that the session does not need has
 * none.
 */
export interface OwnHistory {
  /** Milliseconds before the first item, by `historyKey(model, effort)`. */
  readonly firstItems: ReadonlyMap<string, readonly number[]>
  /** Own running times in milliseconds, by the name of the history (`ledger/history.ts`). */
  readonly runs: ReadonlyMap<string, readonly number[]>
  readonly approvals: readonly Approval[]
}

/** What only Codex's own session file says. */
export interface FileFacts {
  /** The context windows of turns, in tokens, by turn id. */
  readonly windows: ReadonlyMap<string, number>
  /** Characters of a call's output that the model was given, by call id. */
  readonly outputs: ReadonlyMap<string, number>
  /** How full the windows of usage limits were, in order of time (nanoseconds after the base). */
  readonly limits: readonly LimitFacts[]
}

export interface LimitFacts {
  readonly at: number
  readonly windowMinutes: number
  readonly usedPercent: number
  readonly resetsAt: number | null
}

/** The start of an MCP server for this session, and what each step of a turn waited for servers. Nanoseconds after the base. */
export interface ServerFacts {
  readonly starts: readonly (Stretch & { readonly server: string })[]
  readonly waits: readonly Stretch[]
}

/** The tools or the instructions of the prompt are others from here on. Nanoseconds after the base. */
export interface PromptChange {
  readonly at: number
  readonly what: 'tools' | 'instructions'
}

export interface FindingContext {
  readonly session: SessionFacts
  readonly baseMs: number
  readonly rows: SessionRows
  readonly ledger: Ledger
  /** Nanoseconds inside turns, but for those while the machine was away. */
  readonly busy: number
  /** In order of time. */
  readonly calls: readonly CallInRow[]
  readonly helpers: readonly HelperFacts[]
  readonly history: OwnHistory
  /** Working folder, and what the sandbox let commands do, as Codex calls it. */
  readonly folder: string | null
  readonly sandboxPolicy: string | null
  /** Of a call's arguments, by call id. */
  readonly argumentLengths: ReadonlyMap<string, number>
  /** The context window in tokens, where the telemetry says it. */
  readonly toldWindow: number | null
  readonly servers: ServerFacts
  /** As far as anything tells: a session file of both, the telemetry of MCP servers that come or go. */
  readonly promptChanges: readonly PromptChange[]
  /** null: no file tells of the session. */
  readonly file: FileFacts | null
}

export function historyKey(model: string | null, effort: string | null): string {
  return `${model ?? ''} ${effort ?? ''}`
}
