import type { BatchMember } from '../../contract/batches.ts'
import type { SessionSummary, Tokens } from '../../model/session/summary.ts'

/** Sessions that no other one of these started, each with itself and all that it started. */
export function familiesOf(
  sessions: readonly SessionSummary[],
): ReadonlyMap<SessionSummary, readonly SessionSummary[]> {
  const byId = new Map(sessions.map((session) => [session.id, session]))
  const families = new Map<SessionSummary, SessionSummary[]>()
  for (const session of sessions) {
    const root = rootOf(session, byId)
    families.set(root, [...(families.get(root) ?? []), session])
  }
  return families
}

/** The topmost session of the range; a parent that is not among them, or a circle, ends the way up. */
function rootOf(session: SessionSummary, byId: ReadonlyMap<string, SessionSummary>): SessionSummary {
  const seen = new Set<string>([session.id])
  let root = session
  for (;;) {
    const parent = root.parentId === null ? undefined : byId.get(root.parentId)
    if (parent === undefined || seen.has(parent.id)) return root
    seen.add(parent.id)
    root = parent
  }
}

export type Sums = Omit<BatchMember, 'session' | 'helpers'>

export function sumsOf(parts: readonly (Sums | SessionSummary)[]): Sums {
  const sum = (of: (part: Sums | SessionSummary) => number): number => parts.reduce((all, part) => all + of(part), 0)
  const tokens = (kind: keyof Tokens): number => sum((part) => part.tokens[kind])
  return {
    tokens: {
      input: tokens('input'),
      cached: tokens('cached'),
      cacheWrite: tokens('cacheWrite'),
      output: tokens('output'),
      reasoning: tokens('reasoning'),
    },
    costUsd: parts.every(({ costUsd }) => costUsd === null) ? null : sum(({ costUsd }) => costUsd ?? 0),
    unpricedCalls: sum(({ unpricedCalls }) => unpricedCalls),
    apiCalls: sum(({ apiCalls }) => apiCalls),
    toolCalls: sum(({ toolCalls }) => toolCalls),
    errors: sum(({ errors }) => errors),
  }
}
