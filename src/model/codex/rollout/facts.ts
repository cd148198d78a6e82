/**
 * What one line of Codex's session files says, as rows of their own fact tables. No text of a person or a model is in them: a fact has
 * lengths, and the place of its line says where Codex's file holds the words. Times are Unix milliseconds, as the file writes them.
 *
 * `sessionId` is the thread that the line names (telemetry's `conversation.id`), not the file that it stands in.
 */
import type { RolloutCredits, RolloutLimit } from './limit-facts.ts'

/** Where a line lies: bytes from the beginning of the unpacked file. */
export interface Place {
  readonly offset: number
  readonly length: number
}

export interface Usage {
  /** Cached and cache-written tokens are part of it. */
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  /** Reasoning tokens are part of it. */
  readonly output: number
  readonly reasoning: number
}

/** The head of a file. `session_meta` */
export interface RolloutThread {
  readonly fact: 'rollout_thread'
  readonly sessionId: string
  /** The segment of the thread that the file is: the thread's id, or one of its own after a rewind. */
  readonly rolloutId: string
  readonly atMs: number
  readonly kind: ThreadKind
  readonly rootId: string | null
  readonly parentId: string | null
  readonly forkedFromId: string | null
  /** The file that this one continues, and the first of its lines that no longer counts as this one's past. */
  readonly baseRolloutId: string | null
  readonly baseOrdinal: number | null
  readonly agentPath: string | null
  readonly originator: string | null
  /** Of the program that began the file; who continues it leaves no word. */
  readonly version: string | null
  readonly provider: string | null
  readonly folder: string | null
  readonly branch: string | null
  readonly commit: string | null
  /** Without the credentials that an address may hold. */
  readonly repository: string | null
  readonly user: string | null
}

export type ThreadKind = 'user' | 'subagent' | 'review' | 'guardian'

/** `event_msg` task_started */
export interface RolloutTurnStart {
  readonly fact: 'rollout_turn_start'
  readonly sessionId: string
  readonly turnId: string
  readonly rolloutId: string
  readonly startMs: number
  /** Of its line; null in legacy files. */
  readonly ordinal: number | null
  readonly traceId: string | null
  readonly parentTurnId: string | null
  readonly contextWindow: number | null
}

/** `turn_context` */
export interface RolloutTurnContext {
  readonly fact: 'rollout_turn_context'
  readonly sessionId: string
  readonly turnId: string
  readonly rolloutId: string
  readonly atMs: number
  readonly model: string | null
  readonly effort: string | null
  readonly approvalPolicy: string | null
  readonly sandboxPolicy: string | null
  readonly folder: string | null
}

export type RolloutTurnState = 'completed' | 'failed' | 'interrupted'

/** `event_msg` task_complete, turn_aborted */
export interface RolloutTurnEnd {
  readonly fact: 'rollout_turn_end'
  readonly sessionId: string
  readonly turnId: string
  readonly rolloutId: string
  readonly endMs: number
  readonly state: RolloutTurnState
  readonly durationMs: number | null
  readonly ttftMs: number | null
  /** Codex's own word for the class of the error. */
  readonly error: string | null
}

/** `token_usage_record`: one answer of the model. */
export interface RolloutCall {
  readonly fact: 'rollout_call'
  readonly sessionId: string
  readonly responseId: string
  readonly turnId: string | null
  readonly atMs: number
  readonly usage: Usage
}

/** `event_msg` token_count with a total that moved: one answer, in files that are older than token_usage_record. */
export interface RolloutStep {
  readonly fact: 'rollout_step'
  readonly sessionId: string
  readonly turnId: string | null
  readonly rolloutId: string
  readonly atMs: number
  readonly usage: Usage
  readonly place: Place
  /** Where the line is of no turn that is named: else its turn has it. */
  readonly model: string | null
  readonly effort: string | null
}

/** `compacted` */
export interface RolloutCompaction {
  readonly fact: 'rollout_compaction'
  readonly sessionId: string
  readonly turnId: string | null
  readonly rolloutId: string
  readonly atMs: number
  /** The answer that summed the context up; null in older files. */
  readonly responseId: string | null
}

/** The item ContextCompaction, behind the line of its compaction: how long that took. */
export interface RolloutCompactionTime {
  readonly fact: 'rollout_compaction_time'
  readonly sessionId: string
  readonly startMs: number
  readonly endMs: number
}

/** `world_state` that is a patch: the tools or the instructions of the prompt are others from here on. */
export interface RolloutPromptChange {
  readonly fact: 'rollout_prompt_change'
  readonly sessionId: string
  readonly turnId: string | null
  readonly rolloutId: string
  readonly atMs: number
  readonly what: 'tools' | 'instructions'
}

/** `event_msg` error: what Codex told the person; its words stand in the file. */
export interface RolloutError {
  readonly fact: 'rollout_error'
  readonly sessionId: string
  readonly turnId: string | null
  readonly rolloutId: string
  readonly atMs: number
  /** Codex's own word for the class of the error. */
  readonly error: string | null
  readonly place: Place
}

/** A kind of line, or a field of one, that Colophon has not met: how many lines have it, since the last time this was told. */
export interface RolloutUnknown {
  readonly fact: 'rollout_unknown'
  readonly name: string
  readonly lines: number
  readonly firstMs: number
}

/** A prompt: the item UserMessage, or the older `user_message`. */
export interface RolloutPrompt {
  readonly fact: 'rollout_prompt'
  readonly sessionId: string
  readonly turnId: string | null
  readonly rolloutId: string
  readonly atMs: number
  readonly length: number
  readonly place: Place
}

/** `response_item` function_call, custom_tool_call */
export interface RolloutToolCall {
  readonly fact: 'rollout_tool_call'
  readonly sessionId: string
  readonly callId: string
  readonly turnId: string | null
  readonly rolloutId: string
  readonly atMs: number
  readonly tool: string | null
  readonly namespace: string | null
  readonly argumentsLength: number
  readonly place: Place
}

export type RolloutToolState = 'ok' | 'failed' | 'declined' | 'aborted'

/** `response_item` function_call_output, custom_tool_call_output */
export interface RolloutToolOutput {
  readonly fact: 'rollout_tool_output'
  readonly sessionId: string
  readonly callId: string
  readonly turnId: string | null
  readonly rolloutId: string
  readonly atMs: number
  /** As the words of Codex before the output say. */
  readonly state: RolloutToolState
  readonly exitCode: number | null
  readonly outputLength: number
  readonly place: Place
}

/** An item that ran: a command, a patch, a call of an MCP server. */
export interface RolloutToolItem {
  readonly fact: 'rollout_tool_item'
  readonly sessionId: string
  readonly callId: string
  readonly turnId: string | null
  readonly rolloutId: string
  readonly atMs: number
  readonly tool: string
  readonly mcpServer: string | null
  /** Who started it: `user_shell` is a person's own command. */
  readonly source: string | null
  readonly startMs: number | null
  readonly endMs: number | null
  /** Of the process alone: what lies between start and end beside it was waited for an answer. */
  readonly durationMs: number | null
  readonly state: RolloutToolState
  readonly exitCode: number | null
  readonly outputLength: number
  /** The code-mode script that was open meanwhile. */
  readonly scriptCallId: string | null
  readonly filesChanged: number | null
  readonly linesAdded: number | null
  readonly linesRemoved: number | null
  readonly place: Place
}

/** A file that a patch changed, by a hash of its path: enough to count each once, and no word of where it lies. */
export interface RolloutChange {
  readonly fact: 'rollout_change'
  readonly sessionId: string
  readonly callId: string
  readonly rolloutId: string
  readonly atMs: number
  readonly pathHash: number
}

/** `SubAgentActivity` of kind started: which call began which thread. */
export interface RolloutSpawn {
  readonly fact: 'rollout_spawn'
  /** The sub-agent's thread. */
  readonly sessionId: string
  readonly parentId: string
  readonly callId: string
  readonly atMs: number
  readonly agentPath: string | null
}

export type RolloutFact =
  | RolloutThread
  | RolloutTurnStart
  | RolloutTurnContext
  | RolloutTurnEnd
  | RolloutCall
  | RolloutStep
  | RolloutCompaction
  | RolloutCompactionTime
  | RolloutPromptChange
  | RolloutError
  | RolloutUnknown
  | RolloutPrompt
  | RolloutToolCall
  | RolloutToolOutput
  | RolloutToolItem
  | RolloutChange
  | RolloutSpawn
  | RolloutLimit
  | RolloutCredits
