import type { Agents } from '../../contract/settings.ts'
import { replaceSecrets } from '../../model/exchange/secrets.ts'
import type { Db } from '../store/database.ts'
import type { ContentColumn, SqlView } from './sql-view.ts'
import { createViewSql, sqlViews } from './views.ts'

const hiddenTable = 'agents select from the views alone'

/**
 * The console's views as an agent may see them: what the user does not let it see is its length, and what goes out is without secrets
 * before a statement can take it apart. The tables themselves hold all of it, so views that lead nowhere stand before them.
 */
export function agentViews({ showPrompts, showArguments }: Agents): (db: Db) => string[] {
  const shows: Readonly<Record<ContentColumn, boolean>> = { prompt: showPrompts, arguments: showArguments }
  return (db) => {
    db.function('without_secrets', { deterministic: true }, (text: unknown) =>
      typeof text === 'string' ? replaceSecrets(text, () => undefined) : text,
    )
    const tables = db
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' ESCAPE '~'",
      )
      .pluck()
      .all()
    const shown = sqlViews.map((view) => createViewSql(ofTables(withContent(view, shows), new Set(tables))))
    const hidden = tables.map((table) => `CREATE TEMP VIEW "${table}" AS SELECT * FROM main."${hiddenTable}"`)
    return [...shown, ...hidden]
  }
}

/** Tables can still be named by their schema, `main.prompt`. A comment could stand between the two. */
export function refuseTables(sql: string): void {
  const hasComment = sql.includes('--') || sql.includes('/*')
  if (hasComment ? /main/i.test(sql) : /main["'`\]]?\s*\./i.test(sql)) throw new Error(hiddenTable)
}

function withContent(view: SqlView, shows: Readonly<Record<ContentColumn, boolean>>): SqlView {
  const columns = Object.entries(view.columns).map(([name, [expression, meaning, content]]) => {
    if (content === undefined) return [name, [expression, meaning]] as const
    const seen = shows[content]
      ? `without_secrets(${expression})`
      : `('(${content} of ' || length(${expression}) || ' characters)')`
    return [name, [seen, meaning]] as const
  })
  return { ...view, columns: Object.fromEntries(columns) }
}

/** The view over the tables of the file, whatever stands before them under their names. */
function ofTables(view: SqlView, tables: ReadonlySet<string>): SqlView {
  const named = (sql: string): string =>
    sql.replace(/\b(FROM|JOIN) (\w+)/g, (whole, word: string, table: string) =>
      tables.has(table) ? `${word} main.${table}` : whole,
    )
  const columns = Object.entries(view.columns).map(
    ([name, [expression, meaning]]) => [name, [named(expression), meaning]] as const,
  )
  return { ...view, from: named(`FROM ${view.from}`).slice('FROM '.length), columns: Object.fromEntries(columns) }
}
