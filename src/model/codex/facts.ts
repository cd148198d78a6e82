/**
 * What one record says, as rows of the fact tables (src/engine/store/migrations/0002-facts.sql).
 * Times are Unix nanoseconds. A row is the same whenever its record arrives, so rows may arrive in any order.
 */
export interface SessionStart {
  readonly fact: 'session_start'
  readonly sessionId: string
  readonly atNs: bigint
  readonly model: string | null
  readonly effort: string | null
  readonly provider: string | null
  readonly approvalPolicy: string | null
  readonly sandboxPolicy: string | null
  readonly mcpServers: string | null
  /** Of what started it, which names the starts of its MCP servers; null where the record is in none. */
  readonly traceId: string | null
}

export interface SessionSpan {
  readonly fact: 'session_span'
  readonly sessionId: string
  readonly kind: 'loop' | 'process'
  readonly startNs: bigint
  readonly endNs: bigint
}

export interface Prompt {
  readonly fact: 'prompt'
  readonly sessionId: string
  readonly atNs: bigint
  readonly length: number | null
  /** null when the prompt is redacted. */
  readonly text: string | null
}

export interface TurnSpan {
  readonly fact: 'turn_span'
  readonly sessionId: string
  readonly turnId: string
  readonly traceId: string
  readonly spanId: string
  readonly startNs: bigint
  readonly endNs: bigint
  readonly model: string | null
  readonly effort: string | null
  readonly totalTokens: number | null
}

export interface TurnRequest {
  readonly fact: 'turn_request'
  readonly turnId: string
  readonly method: string
  readonly atNs: bigint
  readonly requestId: string | null
}

export interface TurnMention {
  readonly fact: 'turn_mention'
  readonly sessionId: string
  readonly turnId: string
  readonly firstNs: bigint
}

export interface ApiCall {
  readonly fact: 'api_call'
  readonly sessionId: string
  readonly atNs: bigint
  readonly status: 'completed' | 'failed'
  readonly eventKind: string
  readonly model: string | null
  readonly effort: string | null
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly cacheWriteTokens: number
  readonly outputTokens: number
  readonly reasoningTokens: number
  readonly ttftMs: number | null
  readonly tier: string | null
  readonly error: string | null
}

export interface ApiAttempt {
  readonly fact: 'api_attempt'
  readonly sessionId: string
  readonly atNs: bigint
  readonly kind: 'http' | 'ws_connect' | 'ws_request'
  readonly attempt: number
  readonly endpoint: string | null
  readonly statusCode: number | null
  readonly success: boolean
  readonly durationMs: number | null
  readonly model: string | null
  readonly error: string | null
}

export interface ToolResult {
  readonly fact: 'tool_result'
  readonly sessionId: string
  readonly callId: string
  readonly tool: string | null
  readonly namespace: string | null
  readonly mcpServer: string | null
  readonly agent: string | null
  readonly atNs: bigint
  readonly durationMs: number | null
  readonly success: boolean | null
  readonly exitCode: number | null
  /** Whether it returned while its command went on. */
  readonly running: boolean
  /** What was asked of the tool, in a few words. */
  readonly summary: string | null
  readonly argumentsLength: number
  readonly outputLength: number
  readonly outputTruncated: boolean | null
}

export interface ToolSpan {
  readonly fact: 'tool_span'
  readonly sessionId: string
  readonly callId: string
  readonly tool: string | null
  readonly startNs: bigint
  readonly endNs: bigint
  readonly aborted: boolean | null
  readonly source: string | null
  readonly turnId: string | null
  readonly traceId: string
}

export interface Decision {
  readonly fact: 'decision'
  readonly sessionId: string
  readonly callId: string
  readonly atNs: bigint
  readonly decision: string
  readonly source: string | null
  readonly tool: string | null
}

export interface Sampling {
  readonly fact: 'sampling'
  readonly sessionId: string
  readonly spanId: string
  readonly turnId: string | null
  readonly startNs: bigint
  readonly endNs: bigint
}

export interface ModelRound {
  readonly fact: 'model_round'
  readonly turnId: string
  readonly spanId: string
  readonly startNs: bigint
  readonly endNs: bigint
  readonly model: string | null
  readonly folder: string | null
}

export interface Compaction {
  readonly fact: 'compaction'
  readonly sessionId: string
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly turnId: string | null
  readonly startNs: bigint
  readonly endNs: bigint
}

export interface CompactionReason {
  readonly fact: 'compaction_reason'
  readonly spanId: string
  readonly reason: string | null
  readonly phase: string | null
}

export interface Spawn {
  readonly fact: 'spawn'
  /** The sub-agent's session. */
  readonly sessionId: string
  readonly parentId: string
  readonly atNs: bigint
  /** What the parent asked of it. */
  readonly message: string | null
}

export interface Review {
  readonly fact: 'review'
  readonly traceId: string
  readonly parentId: string
  readonly callId: string | null
}

export interface CodeCell {
  readonly fact: 'code_cell'
  readonly sessionId: string
  readonly cellId: string
  readonly callId: string
}

export interface CodeCallback {
  readonly fact: 'code_callback'
  readonly traceId: string
  readonly sessionId: string
  readonly cellId: string
}

/** What another program than Codex sends for a session. */
export interface HookStep {
  readonly fact: 'hook_step'
  readonly sessionId: string
  /** '' for a log. */
  readonly spanId: string
  readonly name: string
  readonly startNs: bigint
  readonly endNs: bigint
  readonly service: string
  readonly turnId: string | null
  readonly callId: string | null
}

export interface StartupPhase {
  readonly fact: 'startup_phase'
  readonly sessionId: string
  readonly phase: string
  readonly startNs: bigint
  readonly endNs: bigint
}

/** An MCP server was started, in the trace that started its session. */
export interface ServerStart {
  readonly fact: 'server_start'
  readonly traceId: string
  readonly spanId: string
  readonly server: string
  readonly startNs: bigint
  readonly endNs: bigint
}

/** A step of a turn waited for the tools of MCP servers. */
export interface ServerWait {
  readonly fact: 'server_wait'
  readonly turnId: string
  readonly spanId: string
  readonly startNs: bigint
  readonly endNs: bigint
}

export type Fact =
  | SessionStart
  | SessionSpan
  | Prompt
  | TurnSpan
  | TurnRequest
  | TurnMention
  | ApiCall
  | ApiAttempt
  | ToolResult
  | ToolSpan
  | Decision
  | Sampling
  | ModelRound
  | Compaction
  | CompactionReason
  | Spawn
  | Review
  | CodeCell
  | CodeCallback
  | HookStep
  | StartupPhase
  | ServerStart
  | ServerWait
