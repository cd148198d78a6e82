import { riseOf } from './rise.ts'
import { inOrder, type LimitSample } from './sample.ts'

export interface LimitPoint extends LimitSample {
  /** By how much the window is fuller than anything noted of this period before. */
  readonly risePercent: number
  /** Whether the turn made the rise: it had begun, or was about to, when the window was last looked at. */
  readonly own: boolean
}

/** reset: when it had to. anew: the service began the window anew before that. plan: another plan, whose percents are others. */
export type PeriodEnd = 'reset' | 'anew' | 'plan' | 'open'

/** One filling of a window, from its start to its reset. */
export interface LimitPeriod {
  /** By the length of the window; null where nothing says when it is reset. */
  readonly startMs: number | null
  readonly resetsAtMs: number | null
  readonly plan: string | null
  /** The most that was noted: a window only fills, and a lower figure that comes later is an older one. */
  readonly usedPercent: number
  readonly points: readonly LimitPoint[]
  readonly end: PeriodEnd
  /** When it was over, or will be; null: nothing says. */
  readonly endMs: number | null
}

interface Draft {
  resetsAtMs: number | null
  plan: string | null
  usedPercent: number
  readonly points: LimitPoint[]
  /** What each session noted last: its own answers come one after the other. */
  readonly bySession: Map<string, number>
}

const minuteMs = 60_000
/** A fall by less is rounding. */
const roundingPercent = 1
/** So many fillings back an answer may come late: its line is written only when its tools are done. */
const mostOpen = 8

/**
 * The fillings of one window, in the order in which they began. Samples are told apart by when the window is reset, for those of sessions
 * that run side by side are written late and in any order; the service names the same moment with some seconds' difference.
 */
export function periodsOf(samples: readonly LimitSample[], windowMinutes: number): readonly LimitPeriod[] {
  const windowMs = windowMinutes * minuteMs
  const slackMs = Math.max(minuteMs, windowMs / 100)
  const drafts: Draft[] = []
  let before: LimitSample | null = null
  for (const sample of inOrder(samples)) {
    let draft = draftOf(drafts, sample, slackMs)
    if (draft === null) {
      draft = { resetsAtMs: sample.resetsAtMs, plan: null, usedPercent: 0, points: [], bySession: new Map() }
      drafts.push(draft)
    }
    draft.points.push({ ...sample, ...riseOf({ draft, sample, before, windowMs, slackMs }) })
    draft.resetsAtMs = sample.resetsAtMs ?? draft.resetsAtMs
    draft.plan = sample.plan ?? draft.plan
    draft.usedPercent = Math.max(draft.usedPercent, sample.usedPercent)
    draft.bySession.set(sample.sessionId, sample.usedPercent)
    before = sample
  }
  return drafts.map((draft, index) => finished(draft, drafts[index + 1], { windowMs, slackMs }))
}

/** The filling that a sample is of; null: a new one. */
function draftOf(drafts: readonly Draft[], sample: LimitSample, slackMs: number): Draft | null {
  for (const draft of drafts.slice(-mostOpen).reverse()) {
    if (draft.plan !== null && sample.plan !== null && draft.plan !== sample.plan) continue
    if (!isSameReset(draft, sample, slackMs) && !(draft === drafts.at(-1) && draft.usedPercent === 0)) continue
    return (draft.bySession.get(sample.sessionId) ?? 0) > sample.usedPercent + roundingPercent ? null : draft
  }
  return null
}

/** A window that nothing was used of is not anchored: its reset moves on with each look. */
function isSameReset(draft: Draft, { resetsAtMs }: LimitSample, slackMs: number): boolean {
  if (draft.resetsAtMs === null || resetsAtMs === null) return draft.resetsAtMs === resetsAtMs
  return Math.abs(draft.resetsAtMs - resetsAtMs) <= slackMs
}

function finished(
  { resetsAtMs, plan, usedPercent, points }: Draft,
  next: Draft | undefined,
  { windowMs, slackMs }: { readonly windowMs: number; readonly slackMs: number },
): LimitPeriod {
  const startMs = resetsAtMs === null ? null : resetsAtMs - windowMs
  const same = { startMs, resetsAtMs, plan, usedPercent, points }
  const [first] = next?.points ?? []
  if (next === undefined || first === undefined) return { ...same, end: 'open', endMs: resetsAtMs }
  if (resetsAtMs !== null && first.atMs >= resetsAtMs - slackMs) return { ...same, end: 'reset', endMs: resetsAtMs }
  const isOtherPlan = plan !== null && next.plan !== null && plan !== next.plan
  return { ...same, end: isOtherPlan ? 'plan' : 'anew', endMs: first.atMs }
}
