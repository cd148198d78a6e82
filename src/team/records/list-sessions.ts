import type { TeamReader } from '../connection.ts'
import { asParams, type Bounds } from './bounds.ts'
import type { RawTables } from './generation.ts'
import { conversation, within } from './spelling.ts'

/** Conversations that have log records between two moments, the latest first, with what differs once there are more; and how many there are. */
export async function listSessions(
  raw: TeamReader,
  { logs }: RawTables,
  bounds: Bounds,
  most: number,
): Promise<{
  readonly sessions: readonly { readonly id: string; readonly revision: string }[]
  readonly total: number
}> {
  if (logs === null) return { sessions: [], total: 0 }
  const rows = await raw.rows<{ id: string; revision: string; total: string }>(
    `SELECT ${conversation(logs, 'LogAttributes')} AS id,
       concat(toString(count()), ' ', toString(toUnixTimestamp64Nano(max(Timestamp)))) AS revision,
       toString(count() OVER ()) AS total
     FROM otel_logs WHERE ${within(logs)} AND id != '' GROUP BY id ORDER BY min(Timestamp) DESC, id LIMIT {most:UInt32}`,
    { ...asParams(bounds), most },
  )
  return { sessions: rows.map(({ id, revision }) => ({ id, revision })), total: Number(rows[0]?.total ?? 0) }
}
