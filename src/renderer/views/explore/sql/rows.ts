import type { Value } from '../../../../contract/index.ts'
import { csvOf } from '../../../charts/table.ts'

export type SqlResult = Value<'sql.run'>

/** Rows as records; a name that a statement gives twice gets a number, so that none is lost. */
function records({ columns, rows }: SqlResult): {
  readonly names: readonly string[]
  readonly rows: readonly object[]
} {
  const seen = new Map<string, number>()
  const names = columns.map((name) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name}_${times}`
  })
  return { names, rows: rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null]))) }
}

export function asJson(result: SqlResult): string {
  return JSON.stringify(records(result).rows, null, 2)
}

export function asCsv(result: SqlResult): string {
  const { names, rows } = records(result)
  return csvOf(
    names.map((name) => ({ column: name, label: name, unit: 'text' })),
    rows.map((row) => ({ ...row })),
  )
}

/** Columns wide enough for what stands in them, in pixels, judged by the first rows. */
export function widths({ columns, rows }: SqlResult): readonly number[] {
  const sample = rows.slice(0, 100)
  return columns.map((name, at) => {
    const longest = sample.reduce((most, row) => Math.max(most, String(row[at] ?? 'NULL').length), name.length)
    return Math.min(360, Math.max(56, Math.round(longest * 7.2) + 8))
  })
}

/** A column is numeric where all of its first values are numbers. */
export function numericColumns({ columns, rows }: SqlResult): readonly boolean[] {
  const sample = rows.slice(0, 100)
  return columns.map((_, at) => {
    const values = sample.map((row) => row[at] ?? null).filter((value) => value !== null)
    return values.length > 0 && values.every((value) => typeof value === 'number')
  })
}
