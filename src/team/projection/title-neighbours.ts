import type { Db } from '../../engine/store/database.ts'
import { neighbourNs } from '../../engine/store/neighbours.ts'
import type { TeamReader } from '../connection.ts'
import { asParams } from '../records/bounds.ts'
import type { RawTable } from '../records/generation.ts'
import { attribute, conversation, within } from '../records/spelling.ts'
import { sessionTable, teamName } from './fact-tables.ts'

/** A title session belongs to the prompt beside it, which is another session's: these two look for each other. */
const beside = (time: string): string =>
  `arrayExists(moment -> abs(${time} - moment) <= ${neighbourNs}, {moments:Array(Int64)})`

/** Sessions that were prompted about when one of these began; `db` holds them settled. */
export async function promptedBeside(
  raw: TeamReader,
  logs: RawTable,
  db: Db,
  ids: readonly string[],
): Promise<readonly string[]> {
  const moments = read(db, "SELECT first_ns FROM session WHERE kind = 'title' AND id = ?", ids)
  if (moments.length === 0) return []
  const rows = await raw.rows<{ id: string }>(
    `SELECT DISTINCT ${conversation(logs, 'LogAttributes')} AS id FROM otel_logs
     WHERE ${within(logs)} AND ${attribute(logs, 'LogAttributes', 'event.name')} = 'codex.user_prompt'
       AND ${beside('toUnixTimestamp64Nano(Timestamp)')} AND id != ''`,
    { moments, ...asParams(spread(moments)) },
  )
  return rows.map(({ id }) => id).filter((id) => !ids.includes(id))
}

/** Title sessions that began beside a prompt of these, and may belong to it. */
export async function titlesBeside(facts: TeamReader, db: Db, ids: readonly string[]): Promise<readonly string[]> {
  const moments = read(db, 'SELECT at_ns FROM prompt WHERE session_id = ?', ids)
  if (moments.length === 0) return []
  const { fromNs, toNs } = spread(moments)
  const rows = await facts.rows<{ id: string }>(
    `SELECT id FROM ${teamName(sessionTable)} FINAL WHERE kind = 'title'
       AND first_ns BETWEEN {fromNs:Int64} AND {toNs:Int64} AND ${beside('first_ns')}`,
    { moments, fromNs: String(fromNs), toNs: String(toNs) },
  )
  return rows.map(({ id }) => id)
}

/** How many prompts of others lie beside a session's beginning: they go into what it becomes. */
export function promptCounter(db: Db): (id: string) => number {
  const count = db
    .prepare<[string], number>(
      `SELECT count(*) FROM session JOIN prompt ON prompt.session_id <> session.id
         AND prompt.at_ns BETWEEN first_ns - ${neighbourNs} AND first_ns + ${neighbourNs}
       WHERE session.id = ? AND kind = 'title'`,
    )
    .pluck()
  return (id) => count.get(id) ?? 0
}

function read(db: Db, query: string, ids: readonly string[]): readonly bigint[] {
  const select = db.prepare<[string], bigint>(query).pluck().safeIntegers(true)
  return ids.flatMap((id) => select.all(id))
}

function spread(moments: readonly bigint[]): { fromNs: bigint; toNs: bigint } {
  const sorted = moments.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return { fromNs: (sorted[0] ?? 0n) - neighbourNs, toNs: (sorted.at(-1) ?? 0n) + neighbourNs }
}
