import { codexTables, rowsOf } from '../../engine/store/session-tables.ts'

/** A table of facts, and which of its rows belong to a session. */
export interface FactTable {
  /** As SQLite has it. */
  readonly name: string
  /** A condition on its rows; `@id` is the session. */
  readonly ofSession: string
}

const linked = rowsOf('@id')

/** What a team has of each session beside the session itself. Rows of two names belong to each session that has a part in them. */
export const factTables: readonly FactTable[] = [
  ...[...codexTables, 'turn_share', 'spawn'].map((name) => ({ name, ofSession: 'session_id = @id' })),
  ...Object.entries({ ...linked, review: `parent_id = @id OR ${linked.review}` }).map(([name, ofSession]) => ({
    name,
    ofSession,
  })),
]

export const sessionTable = 'session'

/** `colophon_api_calls`: as the views that people ask are called. */
export const teamName = (name: string): string => `colophon_${name}s`

/** A row of a team's table; 64-bit integers as text, since JSON's numbers would round them. */
export type FactRow = Readonly<Record<string, string | number | null>>

/** A row as SQLite gives it where integers are asked for whole. */
export type StoredRow = Readonly<Record<string, string | number | bigint | null>>

export function sendable(row: StoredRow): FactRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, typeof value === 'bigint' ? String(value) : value]),
  )
}
