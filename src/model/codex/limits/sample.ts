/** What Codex noted of one window of a limit after an answer, beside the turn that got it. Times are Unix milliseconds. */
export interface LimitSample {
  readonly atMs: number
  readonly sessionId: string
  readonly turnId: string | null
  /** null where no file tells. */
  readonly turnStartMs: number | null
  /** May pass 100. */
  readonly usedPercent: number
  readonly resetsAtMs: number | null
  /** Only some transports tell it. */
  readonly plan: string | null
  /** It came with a refusal, which uses nothing itself. */
  readonly reached: boolean
}

/** Earliest first; what cannot be told apart by time has an order all the same, so that the order of reading does not matter. */
export function inOrder(samples: readonly LimitSample[]): readonly LimitSample[] {
  return [...samples].sort(
    (a, b) =>
      a.atMs - b.atMs ||
      compare(a.sessionId, b.sessionId) ||
      (a.resetsAtMs ?? 0) - (b.resetsAtMs ?? 0) ||
      a.usedPercent - b.usedPercent ||
      compare(a.turnId ?? '', b.turnId ?? ''),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
