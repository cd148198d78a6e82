import type { TeamReader } from '../connection.ts'
import type { RawTable, RawTables } from '../records/generation.ts'
import type { Sessions } from './sessions.ts'

/** Where Explore looks: the Collector's tables, beside the facts that say which sessions are meant. */
export interface ExploreStore {
  readonly reader: TeamReader
  readonly tables: RawTables
  /** Of the Collector's tables, which is not the reader's own where there are facts. */
  readonly database: string
  readonly sessions: Sessions
}

/** `FROM` of a raw table; bind `rawDatabase`. */
export const rawTable = (name: 'otel_logs' | 'otel_traces'): string => `{rawDatabase:Identifier}.${name}`

export function readable(table: RawTable | null, name: string): RawTable {
  if (table === null) throw new Error(`there is no table ${name} that this user may read`)
  return table
}
