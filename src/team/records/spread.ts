import type { Params, TeamReader } from '../connection.ts'
import type { Bounds } from './bounds.ts'

export interface Spread extends Bounds {
  /** How many there are, also where one was delivered twice. */
  readonly records: number
}

/** Of the rows that a query finds; `spreadOf` reads them. */
export const spreadColumns = `toString(toUnixTimestamp64Nano(min(Timestamp))) AS fromNs,
  toString(toUnixTimestamp64Nano(max(Timestamp))) AS toNs, toString(count()) AS records`

interface Said {
  readonly fromNs: string
  readonly toNs: string
  readonly records: string
}

/** null where there is none. */
export function spreadOf(found: Said | undefined): Spread | null {
  return found === undefined || found.records === '0'
    ? null
    : { fromNs: BigInt(found.fromNs), toNs: BigInt(found.toNs), records: Number(found.records) }
}

/** From the first to the last of the rows that `from`, a table and what is asked of it, finds. */
export async function spread(reader: TeamReader, from: string, params: Params): Promise<Spread | null> {
  const [found] = await reader.rows<Said>(`SELECT ${spreadColumns} FROM ${from}`, params)
  return spreadOf(found)
}
