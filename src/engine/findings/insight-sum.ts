export interface CountedFinding {
  readonly sessionId: string
  readonly lostMs: number
  readonly lostUsd: number | null
  readonly times: number
}

export interface InsightSum {
  readonly sessions: number
  readonly times: number
  readonly lostMs: number
  /** null where nothing of it has a price. */
  readonly lostUsd: number | null
}

export function insightSum(findings: readonly CountedFinding[]): InsightSum {
  const sessions = new Set<string>()
  let times = 0
  let lostMs = 0
  let lostUsd: number | null = null
  for (const finding of findings) {
    sessions.add(finding.sessionId)
    times += finding.times
    lostMs += finding.lostMs
    if (finding.lostUsd !== null) lostUsd = (lostUsd ?? 0) + finding.lostUsd
  }
  return { sessions: sessions.size, times, lostMs, lostUsd }
}
