import type { RolloutToolState, RolloutTurnState } from '../rollout/facts.ts'
import type { ThreadEvidence } from '../settle/evidence.ts'

/**
 * All that Codex's own files hold of one session, as the store reads it for settling. Times are nanoseconds after the session's first
 * moment, as those of the evidence of telemetry.
 */
export interface FileEvidence {
  readonly thread: ThreadEvidence | null
  /** Where the thread began to work. */
  readonly folder: string | null
  readonly turns: readonly FileTurn[]
  /** Each answer of the model once (`answersOf`). */
  readonly answers: readonly FileAnswer[]
  readonly prompts: readonly FilePrompt[]
  readonly tools: readonly FileTool[]
  readonly compactions: readonly FileCompaction[]
}

export interface FileTurn {
  readonly turnId: string
  /** null: only its end is known. */
  readonly start: number | null
  /** null: nothing ended it. */
  readonly end: number | null
  readonly state: RolloutTurnState | null
  readonly model: string | null
  readonly effort: string | null
  readonly approvalPolicy: string | null
  readonly sandboxPolicy: string | null
  readonly folder: string | null
  /** From its start to the first item of the model. */
  readonly ttftMs: number | null
  /** Codex's own word for the class of the error that it ended with. */
  readonly error: string | null
  /** A return to an earlier message took it back. */
  readonly abandoned: boolean
}

export interface FileAnswer {
  readonly at: number
  readonly turnId: string | null
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
  readonly reasoning: number
  /** null: its turn has it. */
  readonly model: string | null
  readonly effort: string | null
}

export interface FilePrompt {
  readonly at: number
  readonly turnId: string | null
  readonly length: number
}

export interface FileCompaction {
  readonly id: string
  readonly at: number
  /** null in legacy files, as its end. */
  readonly start: number | null
  readonly end: number | null
  readonly turnId: string | null
}

export interface FileTool {
  readonly callId: string
  readonly turnId: string | null
  readonly tool: string | null
  readonly namespace: string | null
  readonly mcpServer: string | null
  readonly source: string | null
  readonly start: number
  /** null: nothing says that it ended. */
  readonly end: number | null
  /** When the model was told; of parallel calls all are told when the last one has ended. */
  readonly saidAt: number | null
  /** From when until when an answer was waited for, at most 60 ms too long; null where the file tells of no question. */
  readonly wait: { readonly start: number; readonly end: number } | null
  readonly state: RolloutToolState | 'unfinished'
  readonly exitCode: number | null
  readonly scriptCallId: string | null
  readonly argumentsLength: number | null
  readonly outputLength: number | null
}
