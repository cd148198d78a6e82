import type { LimitSample } from '../../model/codex/limits/sample.ts'
import type { Db } from '../store/database.ts'

export interface WindowSamples {
  readonly limitId: string
  readonly name: string | null
  /** Whose limit it is; null where all that is known is of one account. */
  readonly account: string | null
  readonly windowMinutes: number
  readonly samples: readonly LimitSample[]
}

interface Row {
  limitId: string
  windowMinutes: number
  name: string | null
  account: string | null
  atMs: number
  sessionId: string
  turnId: string | null
  turnStartMs: number | null
  usedPercent: number
  resetsAtMs: number | null
  plan: string | null
  reached: number
}

/** What a limit is called where it has none of its own: the one of all models. */
const main = 'codex'

/** So long before a stretch it is looked at what a window held, beside two of its lengths: whoever was away for longer begins anew. */
const beforeMs = 7 * 86_400_000

/** How many there are, of all times. */
export function countSamples(db: Db): number {
  return db.prepare<[], number>('SELECT count(*) FROM file_limit').pluck().get() ?? 0
}

/** What was noted of each window from some time before a moment on, the limit of all models first, short windows before long ones. */
export function windowSamples(db: Db, fromMs: number, toMs: number): readonly WindowSamples[] {
  const rows = db
    .prepare<[number, number], Row>(
      `SELECT limit_id AS limitId, window_minutes AS windowMinutes, name, at_ms AS atMs, session_id AS sessionId, turn_id AS turnId,
         (SELECT min(start_ms) FROM rollout_turn
          WHERE rollout_turn.session_id = rollout_limit.session_id AND rollout_turn.turn_id = rollout_limit.turn_id) AS turnStartMs,
         (SELECT user FROM rollout_thread WHERE rollout_thread.session_id = rollout_limit.session_id LIMIT 1) AS account,
         used_percent AS usedPercent, resets_at_ms AS resetsAtMs, plan, reached
       FROM rollout_limit WHERE at_ms >= ? - ${beforeMs} - 2 * window_minutes * 60000 AND at_ms < ?`,
    )
    .all(fromMs, toMs)
  const windows = new Map<string, { name: string | null; nameMs: number; rows: Row[] }>()
  // Files of older versions do not say whose they are: with one account, they are its.
  const isOne = new Set(rows.flatMap(({ account }) => account ?? [])).size <= 1
  const accountOf = ({ account }: Row): string | null => (isOne ? null : account)
  for (const row of rows) {
    const key = `${row.limitId} ${String(row.windowMinutes)} ${accountOf(row) ?? ''}`
    const window = windows.get(key) ?? { name: null, nameMs: -Infinity, rows: [] }
    windows.set(key, window)
    window.rows.push(row)
    if (row.name !== null && row.atMs >= window.nameMs) [window.name, window.nameMs] = [row.name, row.atMs]
  }
  return [...windows.values()]
    .map(({ name, rows: own }) => ({
      limitId: own[0]?.limitId ?? main,
      name,
      account: own[0] ? accountOf(own[0]) : null,
      windowMinutes: own[0]?.windowMinutes ?? 1,
      samples: own.map(({ reached, account: _account, ...row }) => ({ ...row, reached: reached === 1 })),
    }))
    .sort(
      (a, b) =>
        Number(a.limitId !== main) - Number(b.limitId !== main) ||
        (a.limitId < b.limitId ? -1 : a.limitId > b.limitId ? 1 : 0) ||
        a.windowMinutes - b.windowMinutes,
    )
}
