import type { Params, TeamReader } from '../connection.ts'
import type { Bounds } from './bounds.ts'

export interface Spread extends Bounds {
  /** How many there are, also where one was delivered twice. */
  readonly records: number
}

/** From the first to the last of the rows that `from`, a table and what is asked of it, finds; null where there is none. */
export async function spread(reader: TeamReader, from: string, params: Params): Promise<Spread | null> {
  const [found] = await reader.rows<{ fromNs: string; toNs: string; records: string }>(
    `SELECT toString(toUnixTimestamp64Nano(min(Timestamp))) AS fromNs, toString(toUnixTimestamp64Nano(max(Timestamp))) AS toNs,
       toString(count()) AS records FROM ${from}`,
    params,
  )
  return found === undefined || found.records === '0'
    ? null
    : { fromNs: BigInt(found.fromNs), toNs: BigInt(found.toNs), records: Number(found.records) }
}
