/**
 * What one record says of an application other than Codex, as rows of the tables of src/engine/store/migrations/0004-genai.sql.
 * Times are Unix nanoseconds. A row is the same whenever its record arrives, so rows may arrive in any order.
 */
interface Origin {
  readonly startNs: bigint
  readonly durationNs: bigint
  /** Hex; '' where the source is a log. */
  readonly traceId: string
  /** Hex; of a log its session, time and number. */
  readonly spanId: string
  readonly parentSpanId: string | null
  /** The conversation that the record itself names. */
  readonly conversation: string | null
  /** Of the log that is the source; null for a span. */
  readonly event: string | null
  readonly service: string
  readonly version: string | null
  readonly language: string | null
  readonly environment: string | null
  readonly user: string | null
  readonly status: 'completed' | 'failed'
  readonly errorType: string | null
}

export interface GenAiCall extends Origin {
  readonly fact: 'genai_call'
  readonly provider: string | null
  readonly operation: string
  readonly requestModel: string | null
  readonly responseModel: string | null
  /** Includes `cachedTokens` and `cacheWriteTokens`. */
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly cacheWriteTokens: number
  /** Includes `reasoningTokens`. */
  readonly outputTokens: number
  readonly reasoningTokens: number
  readonly ttftMs: number | null
  readonly finishReasons: readonly string[] | null
}

export interface GenAiStep extends Origin {
  readonly fact: 'genai_step'
  readonly kind: 'agent' | 'tool' | 'prompt'
  readonly name: string | null
  readonly callId: string | null
  /** Arguments of a tool, or the prompt; null where they are not sent. */
  readonly summary: string | null
}

export type GenAiFact = GenAiCall | GenAiStep
