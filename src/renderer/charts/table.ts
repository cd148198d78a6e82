import { sessionColumns } from '../../model/panels/session-columns.ts'
import { sessionName, shortId, type Called } from '../../model/session/name.ts'
import { exactTime } from '../format/time.ts'
import type { AnyView, Row } from './rows.ts'
import { numberOf, textOf } from './rows.ts'
import { exactInUnit, inUnit } from './unit.ts'

export interface TableColumn {
  readonly column: string
  readonly label: string
  readonly unit: string
}

type More = readonly { readonly column: string; readonly label: string; readonly unit: string }[]

/** The columns of a panel's rows, as its view calls them: what the table shows and what a CSV file begins with. */
export function columnsOf(view: AnyView, unit: string, title: string): readonly TableColumn[] {
  const more = (columns: More | undefined): readonly TableColumn[] => columns ?? []
  const time = { column: 'atMs', label: 'Time', unit: 'time' }
  switch (view.kind) {
    case 'stat':
      return [{ column: view.value, label: title, unit }, ...more(view.more)]
    case 'time':
      return [time, ...view.series.map(({ column, label }) => ({ column, label, unit }))]
    case 'time-by':
      return [time, { column: view.group, label: 'Group', unit: 'text' }, { column: view.value, label: title, unit }]
    case 'pie':
    case 'bars':
      return [
        { column: view.label, label: 'Name', unit: 'text' },
        { column: view.value, label: title, unit },
        ...more(view.more),
      ]
    case 'histogram':
      return [
        { column: view.from, label: 'From', unit: binUnit(view) },
        { column: view.to, label: 'To', unit: binUnit(view) },
        { column: view.value, label: view.label, unit: 'count' },
        ...(view.beside ? [{ column: view.beside.column, label: view.beside.label, unit: 'count' }] : []),
      ]
    case 'heat':
      return [
        { column: view.x, label: 'Across', unit: view.x === 'atMs' ? 'time' : 'text' },
        { column: view.y, label: 'Down', unit: 'text' },
        { column: view.value, label: title, unit },
      ]
    case 'table':
      return view.columns
  }
}

/** Columns carry their unit in their name; a panel's own is that of what is counted in the bins. */
export function binUnit({ from }: { readonly from: string }): string {
  return from.endsWith('Ms') ? 'ms' : 'count'
}

export function isNumeric({ unit }: TableColumn): boolean {
  return unit !== 'text' && unit !== 'time' && unit !== 'severity'
}

const severities = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

/** Each word has four of OTLP's numbers (opentelemetry-proto, SeverityNumber): `ERROR`, `ERROR2`; 0 is not set. */
function severityOf(value: number | null): string {
  const word = value === null ? undefined : severities[Math.floor((value - 1) / 4)]
  const nth = ((value ?? 0) - 1) % 4
  return word === undefined ? 'not set' : nth > 0 ? `${word}${nth + 1}` : word
}

const nameColumn = (column: string): string => `${column}Name`

/** Rows with the names of their sessions, which readers see; ids stay, for links, tips and files. */
export function withNames(rows: readonly Row[], sessions: Readonly<Record<string, Called>>): readonly Row[] {
  if (Object.keys(sessions).length === 0) return rows
  return rows.map((row) => {
    const named: Record<string, unknown> = { ...row }
    for (const column of sessionColumns) {
      const id = row[column]
      const called = typeof id === 'string' ? sessions[id] : undefined
      if (called !== undefined) named[nameColumn(column)] = sessionName({ ...called, id: String(id) })
    }
    return named
  })
}

/** `2026-11-20 14:00`: buckets begin with whole minutes or seconds, and what is 0 beyond says nothing. */
const momentOf = (ms: number): string => exactTime(ms).replace(/(?::00)?\.000$/, '')

/** A cell with every digit, or in the precision that a reader can use. */
export function cellOf(row: Row, { column, unit }: TableColumn, exact: boolean): string {
  if (unit === 'text') {
    const text = textOf(row, column)
    if (exact || !sessionColumns.includes(column)) return text
    const name = row[nameColumn(column)]
    return typeof name === 'string' ? name : shortId(text)
  }
  const value = numberOf(row, column)
  if (unit === 'severity') return severityOf(value)
  if (unit === 'time') return value === null ? '–' : momentOf(value)
  return exact ? exactInUnit(value, unit) : inUnit(value, unit)
}

function field(text: string): string {
  // A cell that begins like a formula would be run by a spreadsheet: the telemetry may hold anything.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+(?:e[+-]?\d+)?$/i.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180, with the unit in each heading, numbers as they are and times in UTC. */
export function csvOf(columns: readonly TableColumn[], rows: readonly Row[]): string {
  const heading = columns.map((column) => field(isNumeric(column) ? `${column.label} (${column.unit})` : column.label))
  const lines = rows.map((row) =>
    columns.map(({ column, unit }) => {
      const value = row[column]
      if (value === null || value === undefined) return ''
      if (unit === 'time' && typeof value === 'number') return new Date(value).toISOString()
      return field(typeof value === 'string' ? value : JSON.stringify(value))
    }),
  )
  return [heading, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
}
