import type { AppSession } from '../genai/session.ts'
import type { SessionKind, SessionState } from '../session/summary.ts'
import type { Witness } from '../session/witness.ts'

/**
 * The facts that a session's rows are made of. Times are nanoseconds after `TreeFacts.baseMs`; durations that records
 * state in milliseconds keep their unit.
 */
export interface TreeFacts {
  readonly rootId: string
  readonly baseMs: number
  /** The session itself first, then every session below it. */
  readonly sessions: readonly SessionFacts[]
}

export interface SessionFacts {
  readonly id: string
  readonly kind: SessionKind
  readonly parentId: string | null
  readonly parentCallId: string | null
  readonly state: SessionState
  readonly title: string | null
  readonly model: string | null
  readonly originator: string | null
  readonly firstAt: number
  readonly lastAt: number
  /** When its parent asked for it; null when that is not known. */
  readonly spawnAt: number | null
  readonly witness: Witness
  readonly spans: readonly { readonly kind: string; readonly start: number; readonly end: number }[]
  readonly turns: readonly TurnFacts[]
  readonly calls: readonly CallFacts[]
  readonly attempts: readonly AttemptFacts[]
  readonly tools: readonly ToolFacts[]
  readonly decisions: readonly DecisionFacts[]
  readonly compactions: readonly CompactionFacts[]
  readonly samplings: readonly { readonly start: number; readonly end: number }[]
  readonly rounds: readonly RoundFacts[]
  /** What other programs sent for it: hooks. */
  readonly hooks: readonly HookFacts[]
  /** Phases of its start, as Codex tells of them when they are over. */
  readonly startup: readonly { readonly start: number; readonly end: number }[]
  /** What Codex told the person that went wrong, as its session file says. */
  readonly errors: readonly { readonly at: number; readonly error: string | null }[]
  /** Only of an application's session, whose rows come from it. */
  readonly app?: AppSession
  readonly service?: string | null
}

export interface TurnFacts {
  readonly number: number
  readonly turnId: string | null
  readonly start: number
  readonly end: number | null
  readonly state: string
  /** Class of the error that it ended with, and whether a return to an earlier message took it back: as its session file says. */
  readonly error: string | null
  readonly abandoned: boolean
  /** It failed, and no request or response in it did. */
  readonly failedAlone: boolean
  readonly prompt: string | null
}

export interface CallFacts {
  readonly at: number
  readonly status: string
  readonly model: string | null
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly outputTokens: number
  readonly reasoningTokens: number
  /** From the response's headers, as Codex says it; and from the request, where that is known. */
  readonly ttftMs: number | null
  readonly firstTokenMs: number | null
  readonly error: string | null
  /** Of a call that only a session file tells of: it cannot have begun before; and when its first item came. */
  readonly begunAfter: number | null
  readonly firstItemAt: number | null
}

export interface AttemptFacts {
  readonly at: number
  readonly kind: string
  readonly endpoint: string | null
  readonly statusCode: number | null
  readonly success: boolean
  readonly durationMs: number | null
  readonly error: string | null
}

export interface ToolFacts {
  readonly callId: string
  readonly tool: string | null
  readonly mcpServer: string | null
  readonly at: number | null
  readonly durationMs: number | null
  readonly success: boolean | null
  readonly exitCode: number | null
  /** Whether it returned while its command went on. */
  readonly running: boolean
  readonly summary: string | null
  readonly spanStart: number | null
  readonly spanEnd: number | null
  readonly aborted: boolean | null
  readonly turnId: string | null
  readonly parentCallId: string | null
  readonly witness: Witness
  /** As the session file tells it, where the telemetry has no decision; at most 60 ms too long. */
  readonly waitStart: number | null
  readonly waitEnd: number | null
}

export interface DecisionFacts {
  readonly callId: string
  readonly at: number
  readonly decision: string
  readonly source: string | null
  readonly tool: string | null
}

export interface CompactionFacts {
  readonly spanId: string
  readonly turnId: string | null
  readonly start: number
  readonly end: number
  readonly reason: string | null
  readonly phase: string | null
  /** It began no earlier than `start`: a session file alone tells of it. */
  readonly atMost: boolean
}

export interface HookFacts {
  /** '' for a log. */
  readonly spanId: string
  readonly name: string
  readonly service: string
  readonly start: number
  readonly end: number
  readonly turnId: string | null
  readonly callId: string | null
}

export interface RoundFacts {
  readonly spanId: string
  readonly turnId: string
  readonly start: number
  readonly end: number
  readonly model: string | null
}
