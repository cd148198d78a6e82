import type { Value } from '../../contract/index.ts'
import type { View } from '../../model/panels/panel.ts'

export type Row = Readonly<Record<string, unknown>>
export type PanelEntry = Value<'panel.list'>['panels'][number]
export type AnyView = View<Record<string, unknown>>
/** The member of the union that a kind belongs to; some share one. */
export type ViewOf<K extends AnyView['kind'], V = AnyView> = V extends AnyView
  ? K extends V['kind']
    ? V
    : never
  : never

/**
 * The engine's list holds panels of this very version, whose views were checked against their rows by the compiler; on the way
 * they became plain JSON.
 */
export function viewOf(entry: Pick<PanelEntry, 'view'>): AnyView {
  return entry.view as unknown as AnyView
}

export function numberOf(row: Row | undefined, column: string): number | null {
  const value = row?.[column]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** How a figure is called beside it: a single one in the singular, where its label is a noun. */
export const labelOf = (
  value: number | null,
  { label, one }: { readonly label: string; readonly one?: string | undefined },
): string => (value === 1 ? (one ?? label) : label)

/** '' is what the telemetry does not say. */
export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (value === null || value === undefined || value === '') return 'not set'
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value)
}

const onlyAboveZero = (rows: readonly Row[], columns: readonly string[]): boolean =>
  !rows.some((row) => columns.some((column) => (numberOf(row, column) ?? 0) > 0))

/** Whether there is nothing to draw. A figure alone is never empty: zero is an answer. */
export function isEmpty(view: AnyView, rows: readonly Row[]): boolean {
  switch (view.kind) {
    case 'stat':
      return rows.length === 0
    case 'time':
      return view.shape === 'line'
        ? !rows.some((row) => view.series.some(({ column }) => numberOf(row, column) !== null))
        : onlyAboveZero(
            rows,
            view.series.map(({ column }) => column),
          )
    case 'histogram':
      return onlyAboveZero(rows, [view.value, ...(view.beside ? [view.beside.column] : [])])
    case 'pie':
      return onlyAboveZero(rows, [view.value])
    default:
      return rows.length === 0
  }
}
