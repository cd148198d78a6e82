import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Db } from '../store/database.ts'

interface Row {
  limitId: string
  atMs: number
  unlimited: number
  balance: string | null
}

/** Credits as they were noted last, and where their balance changed; limits without any are left out. */
export function creditsOf(db: Db, { fromMs, toMs }: ParsedParams<'limit.list'>): Value<'limit.list'>['credits'] {
  const rows = db
    .prepare<[], Row>(
      'SELECT limit_id AS limitId, at_ms AS atMs, unlimited, balance FROM rollout_credits ORDER BY limit_id, at_ms, rollout_id',
    )
    .all()
  return [...new Set(rows.map(({ limitId }) => limitId))].flatMap((limitId) => {
    const own = rows.filter((row) => row.limitId === limitId)
    const last = own.at(-1)
    if (last === undefined || (last.unlimited === 0 && last.balance === null)) return []
    const points = own
      .map(({ atMs, balance }) => ({ atMs, balance: balance === null ? NaN : Number(balance) }))
      .filter(({ atMs, balance }) => Number.isFinite(balance) && atMs >= fromMs && atMs < toMs)
      .filter(({ balance }, at, all) => at === 0 || at === all.length - 1 || balance !== all[at - 1]?.balance)
    return [{ limitId, atMs: last.atMs, unlimited: last.unlimited === 1, balance: last.balance, points }]
  })
}
