import { z } from 'zod'
import { finding, findingKind } from '../model/findings/finding.ts'
import { filters } from '../model/panels/filters.ts'
import { edgesMs, momentMs, zone } from './panels.ts'
import { called } from '../model/session/name.ts'

const count = z.number().int().nonnegative()

/** A finding with what its kind means. */
export const sessionFinding = finding.extend({
  /** When it is found and what it counts. */
  definition: z.string(),
  /** The signals without which its kind is silent. */
  needs: z.string(),
  /** "Not a problem", as the user says: of this session, or of all. */
  dismissed: z.boolean(),
})

/** What one source says that the session itself used; null: it does not say. */
export const tokenCount = z.object({
  /** responses: the completed ones. turns: what the spans of turns add up to. metrics: Codex's sums, where no other session ran meanwhile. */
  source: z.enum(['responses', 'turns', 'metrics', 'file']),
  input: count.nullable(),
  cached: count.nullable(),
  output: count.nullable(),
  reasoning: count.nullable(),
  /** Input and output. */
  total: count,
})

export const contextGauge = z.object({
  /** How full the window was at each call, in order of time. */
  fills: z.array(
    z.object({
      rowId: z.string().nullable(),
      atMs: z.number(),
      tokens: count,
      window: count,
      /** Of the window. */
      share: z.number().min(0).max(1),
    }),
  ),
  compactions: z.array(z.object({ rowId: z.string(), startMs: z.number(), endMs: z.number() })),
  /** That fit into the window at the recent growth; null where it does not grow, or nothing tells. */
  callsLeft: count.nullable(),
})

export const findingsResult = z.object({
  /** One sentence; null for a session without a moment inside turns. */
  verdict: z.string().nullable(),
  /** Time inside turns: what findings lost never adds up to more. */
  busyMs: z.number().nonnegative(),
  /** The most time first, then the most money. */
  findings: z.array(sessionFinding),
  /** What each source says of the session's tokens. */
  tokens: z.array(tokenCount),
  /** Why they differ; null where they agree. */
  tokensDiffer: z.string().nullable(),
  /** null where nothing received tells how large the window is. */
  context: contextGauge.nullable(),
})

export const insightListParams = z.object({
  fromMs: momentMs,
  toMs: momentMs,
  filters: filters.prefault({}),
  zone: zone.optional(),
})

const insightSum = z.object({
  sessions: count,
  /** How often it happened in them. */
  times: count,
  lostMs: z.number().nonnegative(),
  lostUsd: z.number().nonnegative().nullable(),
})

export const insight = insightSum.extend({
  kind: findingKind,
  subject: z.string(),
  /** `approvals of \`npm test\`` */
  name: z.string(),
  definition: z.string(),
  /** Some of it is so much at most. */
  atMost: z.boolean(),
  /** Times a day of the range, days without counted as well. */
  perDay: z.number().nonnegative(),
  /** Of each week between two of `edgesMs`. */
  weeks: z.array(insightSum),
  /** The session in which it was found last. */
  latest: z.object({ sessionId: z.string(), atMs: z.number(), title: z.string() }),
  /** What its fix is. */
  fix: z.enum(['hint', 'config', 'rule']).nullable(),
  /** "Not a problem" in all sessions: it adds to no total. Where it was said of single ones, these are left out. */
  dismissed: z.boolean(),
  /** Since a fix was applied that is still in place, with the 30 days before it; whatever the range. */
  fixed: z
    .object({
      atMs: z.number(),
      before: insightSum.extend({ allSessions: count }),
      after: insightSum.extend({ allSessions: count }),
      /** What sessions since would have lost at the rate before, less what they did; null without a session before. */
      savedMs: z.number().nullable(),
      /** The same of the money; null where nothing of it has a price as well. */
      savedUsd: z.number().nullable(),
    })
    .nullable(),
})

export const insightListResult = z.object({
  /** The most time first, then the most money; those that are no problem last. */
  insights: z.array(insight),
  total: insightSum,
  /** Monday midnights, and where the last week ends. */
  edgesMs,
  /** Sessions whose findings are still to be found. */
  pending: count,
  /** Every kind that there is: what it means, and the signals without which it is silent. */
  kinds: z.array(z.object({ kind: findingKind, definition: z.string(), needs: z.string() })),
})

export const insightSessionsParams = insightListParams.omit({ zone: true }).extend({
  kind: findingKind,
  subject: z.string().max(1000),
})

/** The sessions behind one of them, the most time first, 200 at most; those where it is no problem are left out. */
export const insightSessions = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      session: called,
      /** The finding there: its title, and when its first row began. */
      title: z.string(),
      atMs: z.number(),
      times: count,
      lostMs: z.number().nonnegative(),
      lostUsd: z.number().nonnegative().nullable(),
    }),
  ),
})

/** Of one session, or without one of all. */
export const findingOf = z.object({
  sessionId: z.string().max(200).optional(),
  kind: findingKind,
  subject: z.string().max(1000),
})

export const findingFixed = z.object({
  kind: findingKind,
  subject: z.string().max(1000),
  undone: z.boolean().default(false),
})

export type Insight = z.infer<typeof insight>
export type SessionFinding = z.infer<typeof sessionFinding>
export type FindingsResult = z.infer<typeof findingsResult>
