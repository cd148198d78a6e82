/**
 * What one record says of an application other than Codex. Several records may tell of the same request: which of them do, and what
 * counts then, is settled (requests.ts, merge.ts). A telling is the same whenever its record arrives.
 */
export interface Told {
  /**
   * `guess`: a model and counts without a word of what it is: a call unless a call lies below it. `detail`: adds to the call whose
   * span it names. `mention`: only ties its trace to a conversation.
   */
  readonly kind: 'call' | 'guess' | 'detail' | 'agent' | 'tool' | 'prompt' | 'mention'
  /** Hex; '' where the source is a log that stands in no trace. */
  readonly traceId: string
  /** Hex; of a log its session, time and number. */
  readonly spanId: string
  readonly parentSpanId: string | null
  /** Unix nanoseconds. */
  readonly startNs: bigint
  /** null: its times cannot be right. */
  readonly durationNs: bigint | null
  /** That the record itself names. */
  readonly conversation: string | null
  readonly service: string
  /** Of the log that is the source; null for a span. */
  readonly event: string | null
  readonly says: Says
}

/** Everything else, as plain JSON. */
export interface Says {
  readonly version: string | null
  readonly language: string | null
  readonly environment: string | null
  readonly user: string | null
  readonly status: 'completed' | 'failed'
  readonly errorType: string | null
  /** Of an agent or tool. */
  readonly name: string | null
  readonly callId: string | null
  /** Arguments of a tool, or the prompt; null where they are not sent. */
  readonly summary: string | null
  readonly provider: string | null
  readonly operation: string
  readonly requestModel: string | null
  readonly responseModel: string | null
  /** Of the answer and of the request: within one service a record with the same one tells of the same request. */
  readonly ids: readonly string[]
  readonly usage: Usage
  readonly ttftMs: number | null
  /** US dollars, as the sender reckons. */
  readonly reportedCostUsd: number | null
  readonly finishReasons: readonly string[] | null
  /** The span that a log was written in. */
  readonly within: string | null
}

/** null: not reported. Input includes what was cached and written, output the reasoning. */
export interface Usage {
  readonly inputTokens: number | null
  readonly cachedTokens: number | null
  readonly cacheWriteTokens: number | null
  /** Of the written ones, those that are kept for an hour and cost more. */
  readonly hourWriteTokens: number | null
  readonly outputTokens: number | null
  readonly reasoningTokens: number | null
}

export const noUsage: Usage = {
  inputTokens: null,
  cachedTokens: null,
  cacheWriteTokens: null,
  hourWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
}
