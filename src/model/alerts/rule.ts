import { z } from 'zod'
import { action } from './action.ts'

const positive = z.number().positive().max(1e12)
const percent = z.number().min(0).max(100)
const measure = z.enum(['usd', 'tokens'])

/** What is watched. One member a kind; engine/alerts has what breaches it. */
export const watched = z.discriminatedUnion('kind', [
  /** Cost or tokens since the hour, day or month began, in the machine's time zone. */
  z.strictObject({ kind: z.literal('budget'), measure, per: z.enum(['hour', 'day', 'month']), limit: positive }),
  /** US dollars an hour or tokens a minute, over the last five minutes or the last hour. */
  z.strictObject({
    kind: z.literal('burn-rate'),
    measure,
    limit: positive,
    overMinutes: z.union([z.literal(5), z.literal(60)]),
  }),
  /** Time that a user's session has spent inside turns. */
  z.strictObject({ kind: z.literal('session-duration'), minutes: positive }),
  /** Of tool calls that ended in the last hour, once there are `leastCalls`. */
  z.strictObject({
    kind: z.literal('tool-success'),
    underPercent: percent,
    leastCalls: z.number().int().min(1).max(10_000),
  }),
  /** Failed responses, refused last attempts and turns that failed without a word of either, among all of the last hour. */
  z.strictObject({
    kind: z.literal('api-errors'),
    overPercent: percent,
    leastCalls: z.number().int().min(1).max(10_000),
  }),
  /** A decision that took the user this long, or a turn that has said nothing since a response for this long. */
  z.strictObject({ kind: z.literal('approval-wait'), minutes: positive }),
  /** No breach, but what the week before was, once a week. */
  z.strictObject({ kind: z.literal('digest') }),
])

export type Watched = z.output<typeof watched>
export type RuleKind = Watched['kind']

export const rule = z.object({
  id: z.string().min(1).max(100),
  enabled: z.boolean(),
  watched,
  /** Left out: it is told of in the app alone. */
  action: action.optional(),
})
export type Rule = z.output<typeof rule>

/** Where a breach comes from; whatever is known of it makes the link. */
export const cause = z.object({
  sessionId: z.string().nullable(),
  callId: z.string().nullable(),
  /** The panel that shows the figure. */
  panel: z.string().nullable(),
  fromMs: z.number(),
  toMs: z.number(),
})
export type Cause = z.output<typeof cause>

/** One way in which a rule is broken now. The same key is the same breach, however often it is looked at. */
export interface Breach {
  readonly key: string
  /** Whether it goes on for as long as the figure is broken; else it has happened, and is over at once. */
  readonly lasts: boolean
  /** Whether it is told again when the figure was fine in between; else once for its key. */
  readonly again: boolean
  readonly value: number
  readonly words: string
  readonly cause: Cause
}
