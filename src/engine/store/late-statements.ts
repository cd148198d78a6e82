import type { Database, Statement } from 'better-sqlite3'

type Any = Statement<unknown[], unknown>
type Setting = (statement: Any) => unknown

/**
 * Makes the connection prepare each statement when it is first used. Whoever writes has hundreds ready, of which a start and most of what
 * follows use a few; to prepare them all takes longer than to open the database.
 */
export function preparingLate(db: Database): Database {
  const prepare = db.prepare.bind(db)
  db.prepare = ((sql: string) => new LateStatement(sql, prepare)) as unknown as Database['prepare']
  return db
}

/** Stands for the statement until there is one, with what it was told to be by then. */
class LateStatement {
  private made: Any | null = null
  private settings: Setting[] = []
  private readonly source: string
  private readonly prepare: (sql: string) => Any

  constructor(source: string, prepare: (sql: string) => Any) {
    this.source = source
    this.prepare = prepare
  }

  private get statement(): Any {
    if (this.made !== null) return this.made
    const made = this.prepare(this.source)
    for (const set of this.settings) set(made)
    this.made = made
    return made
  }

  private set(setting: Setting): this {
    if (this.made === null) this.settings.push(setting)
    else setting(this.made)
    return this
  }

  get reader(): boolean {
    return this.statement.reader
  }
  get readonly(): boolean {
    return this.statement.readonly
  }
  run(...params: unknown[]) {
    return this.statement.run(...params)
  }
  get(...params: unknown[]) {
    return this.statement.get(...params)
  }
  all(...params: unknown[]) {
    return this.statement.all(...params)
  }
  iterate(...params: unknown[]) {
    return this.statement.iterate(...params)
  }
  columns() {
    return this.statement.columns()
  }
  pluck(on = true) {
    return this.set((statement) => statement.pluck(on))
  }
  raw(on = true) {
    return this.set((statement) => statement.raw(on))
  }
  safeIntegers(on = true) {
    return this.set((statement) => statement.safeIntegers(on))
  }
}
