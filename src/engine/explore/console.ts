import type { Value } from '../../contract/index.ts'
import { openForConsole } from '../store/database.ts'
import { createViewSql, sqlViews } from './views.ts'

/** The word that a statement begins with, behind comments. */
const firstWord = /^(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*([a-z]+)/i
const reading: ReadonlySet<string> = new Set(['select', 'with', 'values', 'explain'])

export interface Console {
  /** Throws an Error with SQLite's words when the statement is not one that can be run. */
  run(sql: string, limit: number): Value<'sql.run'>
}

/** A connection of its own that cannot write, over views with names for people. */
export function openConsole(dataDir: string): Console {
  const db = openForConsole(dataDir, sqlViews.map(createViewSql))
  return {
    run(sql, limit) {
      const word = firstWord.exec(sql)?.[1]?.toLowerCase() ?? ''
      if (!reading.has(word)) throw new Error('only SELECT, WITH, VALUES and EXPLAIN can be run here')
      const begun = performance.now()
      const statement = db.prepare<[], Cell[]>(sql)
      if (!statement.reader) throw new Error('this statement gives no rows')
      const columns = statement.columns().map(({ name }) => name)
      const rows: (string | number | null)[][] = []
      let truncated = false
      for (const row of statement.raw().safeIntegers(true).iterate()) {
        if (rows.length >= limit) {
          truncated = true
          break
        }
        rows.push(row.map(shown))
      }
      return { columns, rows, truncated, elapsedMs: performance.now() - begun }
    },
  }
}

type Cell = string | number | bigint | Buffer | null

/** JSON holds no 64-bit integers and no bytes. */
function shown(value: Cell): string | number | null {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof Uint8Array) return `x'${value.toString('hex', 0, 64)}${value.length > 64 ? '…' : ''}'`
  return value
}
