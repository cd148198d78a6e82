import { lastAround, type LastAround } from '../../last-around.ts'
import type { Witness } from '../../session/witness.ts'
import { countBelow, countUpTo } from '../../sorted.ts'
import { awayWithin, type Away } from '../away.ts'
import type { Evidence, PromptEvidence } from './evidence.ts'

/** failed: it ended with an error. unfinished: nothing ended it, and another one followed. */
export type TurnState = 'open' | 'done' | 'interrupted' | 'failed' | 'unfinished'

export interface Turn {
  readonly turnId: string | null
  readonly start: number
  /** null while the turn is open. */
  readonly end: number | null
  readonly state: TurnState
  readonly promptAt: number | null
  /** How long the machine was away meanwhile. */
  readonly awayNs: number
  /** Codex's own word for the class of the error that it ended with, as the file says it. */
  readonly error: string | null
  /** It failed, and no request or response in it did: an error of its own. */
  readonly failedAlone: boolean
  /** A return to an earlier message took it back. */
  readonly abandoned: boolean
  readonly witness: Witness
}

interface Draft {
  turnId: string | null
  start: number
  end: number | null
  state: TurnState
  promptAt: number | null
  witness: Witness
}

/**
 * The turns of a session. A turn is its `session_task.turn` span; before that arrives it is known from the spans that
 * name it, and before those from its prompt, which opens a turn that lasts until the next one starts. Which turn something was in does
 * not need to know when the machine was `away`.
 */
export function settleTurns(evidence: Evidence, away: Away = new Map()): readonly Turn[] {
  const drafts = withPrompts(turnsFromSpans(evidence), evidence.prompts)
  if (drafts.length === 0) {
    const first = firstActivity(evidence)
    if (first !== null)
      drafts.push({ turnId: null, start: first, end: null, state: 'open', promptAt: null, witness: 'telemetry' })
  }
  drafts.sort(byStart)
  closeFollowed(drafts, evidence)
  const failedIn = failureFinder(evidence)
  return drafts.map((draft) => {
    const { start, end, turnId } = draft
    const told = turnId === null ? undefined : evidence.toldTurns.get(turnId)
    const said = { error: told?.error ?? null, abandoned: told?.abandoned ?? false }
    return {
      ...draft,
      ...said,
      failedAlone: draft.state === 'failed' && !failedIn(draft),
      awayNs: end === null || away.size === 0 ? 0 : Math.round(awayWithin({ start, end }, away)),
    }
  })
}

function turnsFromSpans({ turnSpans, mentions, requests }: Evidence): Draft[] {
  const interrupted = new Set(requests.filter(({ method }) => method === 'turn/interrupt').map(({ turnId }) => turnId))
  const finished = turnSpans.map(({ turnId, start, end, totalTokens, told, witness }): Draft => {
    // An interrupted turn's span lacks the token attributes.
    const seen = totalTokens === null || interrupted.has(turnId) ? 'interrupted' : 'done'
    const state = told === null ? seen : told === 'completed' ? 'done' : told
    return { turnId, start, end, state, promptAt: null, witness }
  })
  const known = new Set(finished.map(({ turnId }) => turnId))
  const open = mentions
    .filter(({ turnId }) => !known.has(turnId))
    .map(({ turnId, firstAt, witness }): Draft => ({
      turnId,
      start: firstAt,
      end: null,
      state: 'open',
      promptAt: null,
      witness,
    }))
  return [...finished, ...open].sort(byStart)
}

/**
 * Puts each prompt into the turn that a file names, for clocks go back; else into the one around it, else in front of the open turn that
 * follows it, else opens a turn by it. In the order of time, so that a turn that was over for one prompt is over for all behind it: a long
 * session has tens of thousands of both.
 */
function withPrompts(drafts: readonly Draft[], prompts: readonly PromptEvidence[]): Draft[] {
  const opened: Draft[] = []
  /** What has begun and may not be over, the latest last. */
  const running: Draft[] = []
  const named = new Map(drafts.map((draft) => [draft.turnId, draft]))
  let begun = 0
  for (const { at, turnId = null, witness } of [...prompts].sort((a, b) => a.at - b.at)) {
    const told = turnId === null ? undefined : named.get(turnId)
    if (told !== undefined) {
      told.promptAt ??= at
      continue
    }
    for (let draft = drafts[begun]; draft !== undefined && draft.start <= at; draft = drafts[++begun])
      running.push(draft)
    while ((running.at(-1)?.end ?? Infinity) < at) running.pop()
    const around = running.at(-1)
    const next = drafts[begun]
    if (around !== undefined && (around.end !== null || around.turnId !== null)) {
      around.promptAt ??= at
    } else if (next !== undefined && next.end === null && next.turnId !== null && next.promptAt === null) {
      next.start = at
      next.promptAt = at
    } else if (next !== undefined && next.promptAt === null && next.start - at <= promptBeforeNs) {
      next.promptAt = at
    } else {
      const draft: Draft = { turnId: null, start: at, end: null, state: 'open', promptAt: at, witness }
      opened.push(draft)
      running.push(draft)
    }
  }
  return [...drafts, ...opened]
}

/** Codex of before 0.160 writes a prompt down a few milliseconds before the turn's span begins. */
const promptBeforeNs = 50_000_000

/** A turn that another one follows has ended, even if its span never came: with the last thing known of it. */
function closeFollowed(drafts: readonly Draft[], evidence: Evidence): void {
  const times = activityTimes(evidence)
  drafts.forEach((draft, i) => {
    const next = drafts[i + 1]
    if (draft.end !== null) return
    if (next !== undefined) {
      draft.end = Math.max(draft.start, times[countBelow(times, next.start) - 1] ?? draft.start)
      // A file says when a turn ends; telemetry loses the span that would.
      draft.state = draft.witness === 'telemetry' ? 'done' : 'unfinished'
      return
    }
    const over = evidence.spans.filter(({ end }) => end >= draft.start)
    if (over.length > 0) {
      draft.end = Math.min(
        Math.max(draft.start, evidence.lastAt),
        over.reduce((last, { end }) => Math.max(last, end), -Infinity),
      )
      // Codex exports the process's span only when it ends well; under load the turn's own span may miss that export.
      const endedWell = over.some(({ kind }) => kind === 'process') || endsWithAnswer(evidence)
      draft.state = draft.witness !== 'telemetry' ? 'unfinished' : endedWell ? 'done' : 'interrupted'
    } else if (!evidence.seenSpans && endsWithAnswer(evidence)) {
      draft.end = Math.max(draft.start, evidence.lastAt)
      draft.state = 'done'
    }
  })
}

/** Without traces nothing says that a turn is over; a completed response that no tool call follows is its answer. */
function endsWithAnswer({ calls, attempts, tools, decisions, prompts }: Evidence): boolean {
  const answer = latest(calls.filter(({ status }) => status === 'completed').map(({ at }) => at))
  if (answer === null) return false
  const other = latest([
    ...calls.filter(({ status }) => status !== 'completed').map(({ at }) => at),
    ...attempts.map(({ at }) => at),
    ...tools.map(({ at }) => at ?? 0),
    ...decisions.map(({ at }) => at),
    ...prompts.map(({ at }) => at),
  ])
  return other === null || other < answer
}

/** A file knows whole milliseconds. */
const slackNs = 2_000_000

/** Tells whether a request or a response failed in a turn; a list of models that could not be had ends none. */
function failureFinder({ calls, attempts }: Evidence): (turn: Pick<Draft, 'start' | 'end'>) => boolean {
  const failed = [
    ...calls.filter(({ status }) => status === 'failed'),
    ...attempts.filter(({ success, endpoint }) => !success && endpoint !== '/models'),
  ]
  const times = failed.map(({ at }) => at).sort((a, b) => a - b)
  return ({ start, end }) => countUpTo(times, (end ?? Infinity) + slackNs) > countBelow(times, start - slackNs)
}

function activityTimes({ calls, attempts, tools, decisions }: Evidence): readonly number[] {
  return [
    ...calls.map(({ at }) => at),
    ...attempts.map(({ at }) => at),
    ...tools.flatMap(({ at, spanEnd }) => [at, spanEnd].filter((time) => time !== null)),
    ...decisions.map(({ at }) => at),
  ].sort((a, b) => a - b)
}

function firstActivity(evidence: Evidence): number | null {
  return activityTimes(evidence)[0] ?? null
}

function latest(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b))
}

function byStart(a: Draft, b: Draft): number {
  return a.start - b.start || (a.turnId ?? '').localeCompare(b.turnId ?? '')
}

/** Finds the turn that a moment belongs to: the one around it, else none. */
export function turnFinder(turns: readonly Turn[]): LastAround<Turn> {
  return lastAround(
    turns,
    ({ start }) => start,
    ({ end }) => end,
  )
}
