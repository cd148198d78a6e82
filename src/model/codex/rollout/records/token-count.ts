import { flag, text, type Attributes } from '../../../attributes.ts'
import { stepOfCopied } from '../copied.ts'
import type { RolloutFact, Usage } from '../facts.ts'
import { isInherited } from '../inherited.ts'
import { part, plausibleMs } from '../payload.ts'
import type { RecordReader, RolloutLine, RolloutState } from '../record.ts'
import { meterOf, stepBetween, usageOf } from '../usage.ts'

/** The meter of the context after a round, often repeated, and the usage limits that came with the answer. */
export const tokenCount: RecordReader = {
  kind: 'event_msg/token_count',
  read: (line, state) => {
    const before = state.total
    const info = infoOf(line, state)
    if (isInherited(state.turnId, state.threadId)) {
      const usage = stepOf(info, before, state)
      return usage === null ? [] : stepOfCopied(state, usage)
    }
    const told = limits(line, state)
    // Most turns are recorded, and a file has a million of these lines.
    const usage = state.isRecorded === true ? null : stepOf(info, before, state)
    return usage === null ? told : [step(usage, line, state), ...told]
  },
}

/** What the meter says, which is noted; null: nothing. */
function infoOf({ payload }: RolloutLine, state: RolloutState): Attributes | null {
  const info = part(payload, 'info')
  if (!('total_token_usage' in info)) return null
  state.total = meterOf(part(info, 'total_token_usage'))
  return info
}

/** How far the meter has moved; null: nothing was answered. */
function stepOf(info: Attributes | null, before: RolloutState['total'], { total }: RolloutState): Usage | null {
  return info === null || total === null ? null : stepBetween(before, total, usageOf(part(info, 'last_token_usage')))
}

/** Counts only for a turn without a token_usage_record: the meter leaves out compactions by the API, and a killed run lacks the last. */
function step(usage: Usage, { atMs, place }: RolloutLine, state: RolloutState): RolloutFact {
  const { threadId: sessionId, rolloutId, turnId, unnamed } = state
  const { model, effort } = (turnId === null ? unnamed : undefined) ?? { model: null, effort: null }
  return { fact: 'rollout_step', sessionId, turnId, rolloutId, atMs, usage, place, model, effort }
}

function limits({ payload, atMs }: RolloutLine, { threadId, turnId }: RolloutState): readonly RolloutFact[] {
  const told = part(payload, 'rate_limits')
  const limitId = text(told, 'limit_id') ?? 'codex'
  const name = text(told, 'limit_name')
  const reached = text(told, 'rate_limit_reached_type') !== null
  const plan = text(told, 'plan_type')
  const windows = [part(told, 'primary'), part(told, 'secondary')].flatMap((window): readonly RolloutFact[] => {
    const { used_percent: usedPercent, window_minutes: windowMinutes } = window
    if (typeof usedPercent !== 'number' || !(usedPercent >= 0 && usedPercent <= 1000)) return []
    if (typeof windowMinutes !== 'number' || !(windowMinutes > 0 && windowMinutes < 1e7)) return []
    const resetsAtMs = resetOf(window)
    return [
      {
        fact: 'rollout_limit',
        sessionId: threadId,
        turnId,
        atMs,
        limitId,
        name,
        windowMinutes,
        usedPercent,
        resetsAtMs,
        plan,
        reached,
      },
    ]
  })
  return [...windows, ...credits(part(told, 'credits'), { sessionId: threadId, atMs, limitId })]
}

function resetOf({ resets_at: seconds }: Attributes): number | null {
  return typeof seconds === 'number' ? plausibleMs(seconds * 1000) : null
}

function credits(told: Attributes, of: { sessionId: string; atMs: number; limitId: string }): readonly RolloutFact[] {
  if (flag(told, 'has_credits') === null && flag(told, 'unlimited') === null) return []
  return [
    { fact: 'rollout_credits', ...of, unlimited: flag(told, 'unlimited') === true, balance: text(told, 'balance') },
  ]
}
