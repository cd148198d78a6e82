import { deserialize, serialize } from 'node:v8'
import type { Statement } from 'better-sqlite3'
import type { Db } from './database.ts'

/** A statement that writes, and what it is run with. */
type Write = readonly [sql: string, args: readonly unknown[]]

/** Writes of which one transaction is made; a few milliseconds of work. */
const usualWritesAtOnce = 200

/**
 * Runs what reads and writes through a connection that cannot write: what it would have written comes back packed, in pieces and in its order,
 * to be run where it can be. It reads the database as it was at one moment, and none of its own writes.
 */
export function recordWrites(db: Db, derive: (db: Db) => void, writesAtOnce = usualWritesAtOnce): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let writes: Write[] = []
  const pack = (): void => {
    if (writes.length > 0) pieces.push(new Uint8Array(serialize(inShort(writes))))
    writes = []
  }
  const recorder = recording(db, (write) => {
    if (writes.push(write) >= writesAtOnce) pack()
  })
  db.transaction(() => {
    derive(recorder)
  })()
  pack()
  return pieces
}

/** A piece without repeating what its statements are. */
interface Piece {
  readonly statements: readonly string[]
  readonly runs: readonly (readonly [statement: number, args: readonly unknown[]])[]
}

function inShort(writes: readonly Write[]): Piece {
  const statements = [...new Set(writes.map(([sql]) => sql))]
  const numbers = new Map(statements.map((sql, i) => [sql, i]))
  return { statements, runs: writes.map(([sql, args]) => [numbers.get(sql) ?? 0, args]) }
}

/** Runs the writes of a piece, and says that it did; the caller holds the transaction. */
export function pieceWriter(db: Db): (piece: Uint8Array) => true {
  const prepared = new Map<string, Statement>()
  function statementOf(sql: string): Statement {
    const known = prepared.get(sql) ?? db.prepare<unknown[]>(sql)
    prepared.set(sql, known)
    return known
  }
  return (packed) => {
    const { statements, runs } = deserialize(packed) as Piece
    const own = statements.map(statementOf)
    for (const [statement, args] of runs) own[statement]?.run(...args)
    return true
  }
}

function recording(db: Db, record: (write: Write) => void): Db {
  function prepare(sql: string): unknown {
    const statement = db.prepare(sql)
    if (statement.readonly) return statement
    if (statement.reader) throw new Error(`what this answers is not known yet: ${sql}`)
    // Nobody knows yet how many rows it changes.
    const run = (...args: unknown[]) => {
      record([sql, args])
      return { changes: 0, lastInsertRowid: 0 }
    }
    return { run }
  }
  return { prepare } as unknown as Db
}
