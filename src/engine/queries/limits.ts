import type { ParsedParams, Value } from '../../contract/index.ts'
import type { LimitWindow } from '../../contract/limits.ts'
import { ProcedureError } from '../../contract/result.ts'
import { movesOf, type Stretch } from '../../model/codex/limits/moves.ts'
import { periodsOf, type LimitPeriod } from '../../model/codex/limits/periods.ts'
import type { Db } from '../store/database.ts'
import { calledFrom } from './called.ts'
import { creditsOf } from './limit-credits.ts'
import { forever, standing, standingMs } from './limit-standing.ts'
import { countSamples, windowSamples, type WindowSamples } from './limit-samples.ts'
import { familyOf } from './ledger-family.ts'

/** So many sessions are listed, and titled; the others are summed up. */
const mostSessions = 50
/** More points of a filling than this are nearer to each other than pixels. */
const mostPoints = 2000

export function limitList(db: Db, range: ParsedParams<'limit.list'>): Value<'limit.list'> {
  if (!(range.fromMs < range.toMs)) throw new ProcedureError('bad_request', 'the range ends before it begins')
  const nowMs = Date.now()
  // How a window stands now is told whatever the range.
  const windows = windowSamples(db, Math.min(range.fromMs, nowMs - standingMs), forever)
  return {
    samples: countSamples(db),
    windows: windows.map((window) => windowOf(db, window, { ...range, nowMs })),
    credits: creditsOf(db, range),
  }
}

type Look = ParsedParams<'limit.list'> & { readonly nowMs: number }

function windowOf(db: Db, { samples, ...window }: WindowSamples, look: Look): LimitWindow {
  const { fromMs, toMs, nowMs } = look
  const periods = periodsOf(samples, window.windowMinutes)
  const { sessions, elsewherePercent } = movesOf(periods, look)
  const calledOf = calledFrom(db)
  const [listed, others] = [sessions.slice(0, mostSessions), sessions.slice(mostSessions)]
  return {
    ...window,
    now: standing(periods, window.windowMinutes, nowMs),
    periods: periods
      .filter(({ points, endMs }) => (points[0]?.atMs ?? 0) < toMs && (endMs ?? nowMs) >= fromMs)
      .map(({ points, plan: _plan, ...period }) => ({ ...period, points: drawn(points, fromMs, toMs) })),
    moved: listed.map(({ turns, ...move }) => ({ ...move, ...calledOf(move.sessionId), turns: [...turns] })),
    others: { sessions: others.length, risePercent: others.reduce((sum, { risePercent }) => sum + risePercent, 0) },
    elsewherePercent,
  }
}

/** Where the figure rose, the one before the range and the last one; of points that are nearer than pixels, the later one. */
function drawn(points: LimitPeriod['points'], fromMs: number, toMs: number): { atMs: number; usedPercent: number }[] {
  const kept: { atMs: number; usedPercent: number }[] = []
  const nearMs = (toMs - fromMs) / mostPoints
  let most = -1
  for (const { atMs, usedPercent } of points) {
    if (atMs >= toMs) break
    if (usedPercent <= most && atMs !== points.at(-1)?.atMs) continue
    most = Math.max(most, usedPercent)
    const before = kept.at(-1)
    const isNear = before !== undefined && kept.length > 1 && (atMs < fromMs || atMs - before.atMs < nearMs)
    if (isNear) kept.pop()
    kept.push({ atMs, usedPercent: most })
  }
  return kept
}

interface KeptMoves {
  readonly files: number
  readonly read: number
  readonly atMs: number
  readonly tookMs: number
  readonly moves: Value<'limit.moves'>
}

/** By the connection that asks. */
const kept = new WeakMap<Db, KeptMoves>()
/** A list that shows them asks after each answer of Codex: reckoning them anew takes at most this share of the time. */
const sparing = 20

export function limitMoves(db: Db, { id }: ParsedParams<'limit.moves'>): Value<'limit.moves'> {
  if (id !== undefined) {
    const family = familyOf(db, id)
    const only = new Set(family)
    const { moves } = movesWithin(db, stretchOf(db, family))
    return { moves: moves.filter(({ sessionId }) => only.has(sessionId)) }
  }
  const known = kept.get(db)
  const { files, read } = db
    .prepare<[], { files: number; read: number }>(
      'SELECT count(*) AS files, coalesce(sum(read_to), 0) AS read FROM rollout_file',
    )
    .get() ?? { files: 0, read: 0 }
  const begun = performance.now()
  if (known !== undefined && known.files === files) {
    if (known.read === read || begun - known.atMs < sparing * known.tookMs) return known.moves
  }
  const moves = movesWithin(db, { fromMs: 0, toMs: forever })
  const now = performance.now()
  kept.set(db, { files, read, atMs: now, tookMs: now - begun, moves })
  return moves
}

function movesWithin(db: Db, { fromMs, toMs }: Stretch): Value<'limit.moves'> {
  return {
    moves: windowSamples(db, fromMs, toMs).flatMap(({ limitId, name, windowMinutes, samples }) =>
      movesOf(periodsOf(samples, windowMinutes), { fromMs: 0, toMs: forever }).sessions.map(
        ({ sessionId, risePercent }) => ({ sessionId, limitId, name, windowMinutes, risePercent }),
      ),
    ),
  }
}

/** From the first to the last note of some sessions. */
function stretchOf(db: Db, ids: readonly string[]): Stretch {
  const stretch = db
    .prepare<[string], { fromMs: number | null; toMs: number | null }>(
      `SELECT min(at_ms) AS fromMs, max(at_ms) + 1 AS toMs FROM rollout_limit
       WHERE session_id IN (SELECT value FROM json_each(?))`,
    )
    .get(JSON.stringify(ids))
  return { fromMs: stretch?.fromMs ?? 0, toMs: stretch?.toMs ?? 0 }
}
