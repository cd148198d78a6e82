/** One window of `rate_limits`, told by its length and never by its slot. */
export interface RolloutLimit {
  readonly fact: 'rollout_limit'
  readonly sessionId: string
  readonly turnId: string | null
  readonly atMs: number
  readonly limitId: string
  /** As the service calls it. */
  readonly name: string | null
  readonly windowMinutes: number
  readonly usedPercent: number
  readonly resetsAtMs: number | null
  readonly plan: string | null
  readonly reached: boolean
}

/** Credits of `rate_limits`. */
export interface RolloutCredits {
  readonly fact: 'rollout_credits'
  readonly sessionId: string
  readonly atMs: number
  readonly limitId: string
  readonly unlimited: boolean
  /** As the service writes it; null where it says none. */
  readonly balance: string | null
}
