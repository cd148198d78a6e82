import { drawPng, type Drawing } from '../../charts/png.ts'
import type { PanelEntry, Row } from '../../charts/rows.ts'
import { csvOf, type TableColumn } from '../../charts/table.ts'
import { exactTime } from '../../format/time.ts'
import type { Bounds } from '../../range/range.ts'
import { downloadAll } from '../exchange/download.ts'

/** `command-duration-2026-11-13.csv`, by the day on which the range begins. */
function fileName({ id }: PanelEntry, { fromMs }: Bounds, extension: string): string {
  return `${id}-${exactTime(fromMs).slice(0, 10)}.${extension}`
}

export async function saveCsv(
  entry: PanelEntry,
  columns: readonly TableColumn[],
  rows: readonly Row[],
  bounds: Bounds,
): Promise<void> {
  const content = new Blob([csvOf(columns, rows)], { type: 'text/csv' })
  await downloadAll([{ name: fileName(entry, bounds, 'csv'), content }])
}

/** What the chart has drawn, or its rows where it is no drawing. */
export async function savePng(
  entry: PanelEntry,
  columns: readonly TableColumn[],
  rows: readonly Row[],
  bounds: Bounds,
  drawn: Drawing | null,
  width: number,
): Promise<void> {
  const note = `${exactTime(bounds.fromMs).slice(0, 16)} – ${exactTime(bounds.toMs).slice(0, 16)}`
  const picture = drawn ? { kind: 'canvas' as const, ...drawn } : { kind: 'rows' as const, rows, columns }
  const content = await drawPng(entry.title, note, picture, Math.max(320, width))
  if (content) await downloadAll([{ name: fileName(entry, bounds, 'png'), content }])
}
