import type { TeamReader } from '../connection.ts'
import { chunksOf } from '../records/chunks.ts'

/** Sessions whose findings are not of the facts that they have now. */
const changed = `SELECT id, session.revision AS revision, found.of_revision AS before
  FROM (SELECT id, revision FROM colophon_sessions FINAL) AS session
  LEFT JOIN (SELECT session_id, of_revision FROM colophon_findings FINAL) AS found ON found.session_id = session.id
  WHERE session.revision <> found.of_revision`

/** What findings of later sessions are compared with (`engine/findings/own-history.ts`), and when each was. */
const compared: Readonly<Record<string, string>> = {
  colophon_api_calls: 'at_ns',
  colophon_decisions: 'at_ns',
  colophon_tool_calls: 'coalesce(at_ns, span_end_ns, span_start_ns)',
}

/** Circles and depths that no run has end the way, as at home. */
const generations = 20

/**
 * The sessions whose findings may be others than those that are kept, by when they began: those with other facts, those above them, which
 * tell what they cost, and those that began after any fact that is other now, since it is among what they are compared with.
 */
export async function staleFindings(facts: TeamReader): Promise<readonly string[]> {
  const own = await facts.rows<{ id: string }>(`SELECT id FROM (${changed})`)
  if (own.length === 0) return []
  const began = new Map<string, bigint>()
  const add = (rows: readonly Began[]): void => {
    for (const { id, firstNs } of rows) began.set(id, BigInt(firstNs))
  }
  let next = own.map(({ id }) => id)
  for (let depth = 0; depth < generations && next.length > 0; depth++) {
    const above = new Set<string>()
    for (const ids of chunksOf(next)) {
      const rows = await facts.rows<Began & { above: string }>(
        `SELECT id, toString(first_ns) AS firstNs, ifNull(parent_id, '') AS above FROM colophon_sessions FINAL
         WHERE id IN {ids:Array(String)}`,
        { ids },
      )
      add(rows)
      for (const row of rows) if (row.above !== '') above.add(row.above)
    }
    next = [...above].filter((id) => !began.has(id))
  }
  const otherNs = await firstOtherNs(facts)
  if (otherNs !== null)
    add(
      await facts.rows<Began>(
        'SELECT id, toString(first_ns) AS firstNs FROM colophon_sessions FINAL WHERE first_ns > {otherNs:Int64}',
        { otherNs: String(otherNs) },
      ),
    )
  return [...began]
    .toSorted(([a, atA], [b, atB]) => (atA === atB ? (a < b ? -1 : 1) : atA < atB ? -1 : 1))
    .map(([id]) => id)
}

interface Began {
  readonly id: string
  readonly firstNs: string
}

/** Both revisions of a changed session stand there: the earliest row that only one of them has. */
async function firstOtherNs(facts: TeamReader): Promise<bigint | null> {
  let first: bigint | null = null
  for (const [table, atNs] of Object.entries(compared)) {
    const [found] = await facts.rows<{ atNs: string | null }>(
      `WITH changed AS (${changed})
       SELECT toString(min(${atNs})) AS atNs FROM (
         SELECT * EXCEPT revision FROM ${table}
         WHERE (session_id, revision) IN (SELECT id, revision FROM changed UNION ALL SELECT id, before FROM changed)
         GROUP BY ALL HAVING uniqExact(revision) = 1)`,
    )
    const at = found?.atNs ?? null
    if (at !== null && at !== '0' && (first === null || BigInt(at) < first)) first = BigInt(at)
  }
  return first
}
