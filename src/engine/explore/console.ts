import type { Value } from '../../contract/index.ts'
import type { Agents } from '../../contract/settings.ts'
import { guardConsole, openForConsole } from '../store/database.ts'
import { agentViews, refuseTables } from './agent-views.ts'
import { isReading } from './reading.ts'
import { createViewSql, sqlViews } from './views.ts'

export interface Console {
  /** Throws an Error with SQLite's words when the statement is not one that can be run. */
  run(sql: string, limit: number): Value<'sql.run'>
}

/** An answer crosses a process, a thread and a socket, and is shown as a table: no cell of it needs to be a book. */
export interface AnswerBounds {
  readonly cellCharacters: number
  readonly characters: number
}

const usualBounds: AnswerBounds = { cellCharacters: 100_000, characters: 16_000_000 }

/** A connection of its own that cannot write, over views with names for people. */
export function openConsole(
  dataDir: string,
  bounds: AnswerBounds = usualBounds,
  agents: Agents | null = null,
): Console {
  const db = openForConsole(dataDir, agents === null ? () => sqlViews.map(createViewSql) : agentViews(agents))
  return {
    run(sql, limit) {
      if (!isReading(sql)) throw new Error('only SELECT, WITH and VALUES can be run here, and EXPLAIN before these')
      if (agents !== null) refuseTables(sql)
      guardConsole(db)
      const begun = performance.now()
      const statement = db.prepare<[], Cell[]>(sql)
      if (!statement.reader) throw new Error('this statement returns no rows')
      const columns = statement.columns().map(({ name }) => name)
      const rows: (string | number | null)[][] = []
      let truncated = false
      let cutCells = 0
      let left = bounds.characters
      for (const row of statement.raw().safeIntegers(true).iterate()) {
        if (rows.length >= limit || left <= 0) {
          truncated = true
          break
        }
        const cells = row.map(shown).map((cell) => {
          if (typeof cell !== 'string' || cell.length <= bounds.cellCharacters) return cell
          cutCells++
          return `${cell.slice(0, bounds.cellCharacters)}…`
        })
        for (const cell of cells) left -= typeof cell === 'string' ? cell.length : numberCharacters
        rows.push(cells)
      }
      return { columns, rows, truncated, cutCells, elapsedMs: performance.now() - begun }
    },
  }
}

const numberCharacters = 10

type Cell = string | number | bigint | Buffer | null

/** JSON holds no 64-bit integers and no bytes. */
function shown(value: Cell): string | number | null {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof Uint8Array) return `x'${value.toString('hex', 0, 64)}${value.length > 64 ? '…' : ''}'`
  return value
}
