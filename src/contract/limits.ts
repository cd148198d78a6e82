import { z } from 'zod'
import { momentMs } from './panels.ts'
import { called } from '../model/session/name.ts'

const text = z.string().nullable()
const ms = z.number()
const percent = z.number().nonnegative()

export const limitListParams = z.object({ fromMs: momentMs, toMs: momentMs })

/** Points of a percent that turns moved a window by. */
const turnMove = z.object({ turnId: text, atMs: ms, risePercent: percent })

const sessionMove = z.object({
  sessionId: z.string(),
  ...called.shape,
  risePercent: percent,
  /** In the order of time. */
  turns: z.array(turnMove),
})

const forecast = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('full'), atMs: ms }),
  z.object({ kind: z.enum(['lasts', 'still', 'reached', 'over']) }),
])

/** One filling of a window, as far as it lies in the range. */
const limitPeriod = z.object({
  startMs: ms.nullable(),
  resetsAtMs: ms.nullable(),
  usedPercent: percent,
  /** reset: when it had to. anew: begun anew before that. plan: another plan. open: the latest one. */
  end: z.enum(['reset', 'anew', 'plan', 'open']),
  endMs: ms.nullable(),
  /** Where the figure rose, and the last one. */
  points: z.array(z.object({ atMs: ms, usedPercent: percent })),
})

export const limitWindow = z.object({
  /** `codex`, or that of a model with a limit of its own. */
  limitId: z.string(),
  /** As the service calls the limit; null where it does not. */
  name: text,
  /** Whose it is, where there are several accounts; else null. */
  account: text,
  windowMinutes: z.number().int().positive(),
  /** As it stands now, whatever the range. */
  now: z.object({
    usedPercent: percent,
    /** When that was noted. */
    atMs: ms,
    startMs: ms.nullable(),
    resetsAtMs: ms.nullable(),
    plan: text,
    /** Points of a percent an hour, over so many hours until now. */
    perHour: percent,
    hours: z.number().positive(),
    forecast,
  }),
  /** In the order in which they began. */
  periods: z.array(limitPeriod),
  /** What moved it most comes first. */
  moved: z.array(sessionMove),
  /** Sessions beyond those listed: how many, and by how much they moved it. */
  others: z.object({ sessions: z.number().int().nonnegative(), risePercent: percent }),
  /** What no turn of this machine moved it by. */
  elsewherePercent: percent,
})

export const limitCredits = z.object({
  limitId: z.string(),
  atMs: ms,
  unlimited: z.boolean(),
  /** As the service writes it. */
  balance: text,
  /** Where it changed. */
  points: z.array(z.object({ atMs: ms, balance: z.number() })),
})

export const limitListResult = z.object({
  /** How many samples Codex's session files hold in all. */
  samples: z.number().int().nonnegative(),
  /** The limit of all models first, short windows before long ones. */
  windows: z.array(limitWindow),
  credits: z.array(limitCredits),
})

export const limitMovesParams = z.object({
  /** Only of this session and of the helpers below it. */
  id: z.string().optional(),
})

/** By how much each session moved each window, since there are files. */
export const limitMovesResult = z.object({
  moves: z.array(
    z.object({
      sessionId: z.string(),
      limitId: z.string(),
      name: text,
      windowMinutes: z.number().int().positive(),
      risePercent: percent,
    }),
  ),
})

export type LimitWindow = z.infer<typeof limitWindow>
export type LimitMove = z.infer<typeof limitMovesResult>['moves'][number]
