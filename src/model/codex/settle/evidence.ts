import type { RolloutTurnState, ThreadKind } from '../rollout/facts.ts'
import type { Witness } from '../../session/witness.ts'

/**
 * All that the fact tables hold of one session, as the store reads it for settling. Times are nanoseconds after
 * the session's first record: exact as numbers for the first 104 days of a session.
 */
export interface Evidence {
  readonly id: string
  readonly lastAt: number
  /** Whether any span has named the session: without traces, only its logs tell when a turn ended. */
  readonly seenSpans: boolean
  /** Whether any record said something that is known. */
  readonly understood: boolean
  readonly starts: readonly StartEvidence[]
  readonly spans: readonly { readonly kind: string; readonly start: number; readonly end: number }[]
  readonly prompts: readonly PromptEvidence[]
  readonly turnSpans: readonly TurnSpanEvidence[]
  readonly requests: readonly { readonly turnId: string; readonly method: string; readonly requestId: string | null }[]
  readonly mentions: readonly MentionEvidence[]
  readonly calls: readonly CallEvidence[]
  readonly attempts: readonly AttemptEvidence[]
  readonly tools: readonly ToolEvidence[]
  readonly compactions: readonly CompactionEvidence[]
  readonly decisions: readonly { readonly callId: string; readonly at: number }[]
  readonly samplings: readonly { readonly start: number; readonly end: number }[]
  readonly folders: readonly { readonly start: number; readonly folder: string }[]
  /** What Codex's own files say of turns beside their times, by their ids. */
  readonly toldTurns: ReadonlyMap<string, { readonly error: string | null; readonly abandoned: boolean }>
  /** What Codex's own file says of the session as a whole; null where none is read. */
  readonly thread: ThreadEvidence | null
  readonly spawn: { readonly parentId: string; readonly at: number; readonly message: string | null } | null
  readonly review: { readonly parentId: string; readonly callId: string | null } | null
  /** Cell of a code-mode script → the call that ran it. */
  readonly cells: ReadonlyMap<string, string>
  /** Trace of a nested call → its cell. */
  readonly callbacks: ReadonlyMap<string, string>
  /** Prompts of other sessions around this one's first: a title session's parent is among them. */
  readonly neighbours: readonly { readonly sessionId: string; readonly at: number; readonly text: string | null }[]
}

export interface StartEvidence {
  readonly at: number
  readonly model: string | null
  readonly effort: string | null
  readonly approvalPolicy: string | null
  readonly sandboxPolicy: string | null
}

export interface ThreadEvidence {
  readonly kind: ThreadKind
  readonly parentId: string | null
  /** The call of the parent that began it. */
  readonly parentCallId: string | null
}

export interface CompactionEvidence {
  readonly start: number
  readonly end: number
}

/** A turn that has no span yet. */
export interface MentionEvidence {
  readonly turnId: string
  readonly firstAt: number
  readonly witness: Witness
}

export interface PromptEvidence {
  readonly at: number
  /** The turn that the file puts it into; missing where none does. */
  readonly turnId?: string | null
  readonly text: string | null
  readonly witness: Witness
}

export interface TurnSpanEvidence {
  readonly turnId: string
  readonly start: number
  readonly end: number
  readonly effort: string | null
  readonly totalTokens: number | null
  /** How the turn ended, as the file says it; null where it says nothing. */
  readonly told: RolloutTurnState | null
  readonly witness: Witness
}

export interface CallEvidence {
  readonly at: number
  readonly status: string
  readonly eventKind: string
  readonly model: string | null
  readonly effort: string | null
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
  readonly reasoning: number
  /** From the response's headers to its first token. */
  readonly ttftMs: number | null
  /** As the file says it; null where only time tells. */
  readonly turnId: string | null
  /** Of a call that only the file tells of: it cannot have begun before. */
  readonly begunAfter: number | null
  readonly firstItemAt: number | null
  readonly witness: Witness
}

export interface AttemptEvidence {
  readonly at: number
  readonly kind: string
  readonly attempt: number
  readonly endpoint: string | null
  readonly success: boolean
  readonly durationMs: number | null
}

export interface ToolEvidence {
  readonly callId: string
  readonly tool: string | null
  readonly agent: string | null
  /** End, by the log; null before the result arrives and for an aborted call. */
  readonly at: number | null
  readonly durationMs: number | null
  readonly success: boolean | null
  readonly exitCode: number | null
  readonly spanStart: number | null
  readonly spanEnd: number | null
  readonly aborted: boolean | null
  readonly source: string | null
  readonly spanTurnId: string | null
  readonly traceId: string | null
  /** The script that was open meanwhile, as the file says it. */
  readonly scriptCallId: string | null
  readonly witness: Witness
}
