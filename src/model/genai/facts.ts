import type { Told, Usage } from './told.ts'

/**
 * What counts of an application other than Codex, settled from what its records tell: rows of the tables genai_call and genai_step.
 * Times are Unix nanoseconds.
 */
interface Origin extends Pick<
  Told,
  'traceId' | 'spanId' | 'parentSpanId' | 'startNs' | 'durationNs' | 'conversation' | 'event' | 'service'
> {
  readonly version: string | null
  readonly language: string | null
  readonly environment: string | null
  readonly user: string | null
  readonly status: 'completed' | 'failed'
  readonly errorType: string | null
  /** The other records that tell of it, as trace/span, each of a log by its event and time. */
  readonly records: readonly string[]
}

export interface GenAiCall extends Origin, Usage {
  readonly provider: string | null
  readonly operation: string
  readonly requestModel: string | null
  readonly responseModel: string | null
  readonly ttftMs: number | null
  readonly reportedCostUsd: number | null
  readonly finishReasons: readonly string[] | null
  /** Ids of its answer and request. */
  readonly ids: readonly string[]
}

export interface GenAiStep extends Origin {
  readonly kind: 'agent' | 'tool' | 'prompt'
  readonly name: string | null
  readonly callId: string | null
  readonly summary: string | null
}
