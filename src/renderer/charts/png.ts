import type { LegendEntry } from './colours.ts'
import type { Row } from './rows.ts'
import { cellOf, isNumeric, type TableColumn } from './table.ts'

/** What a chart has drawn, and the names of its colours. */
export interface Drawing {
  readonly canvas: HTMLCanvasElement
  readonly legend: readonly LegendEntry[]
}

/** What a picture of a panel holds below its title: a drawing, or rows. */
export type Picture =
  | (Drawing & { readonly kind: 'canvas' })
  | { readonly kind: 'rows'; readonly rows: readonly Row[]; readonly columns: readonly TableColumn[] }

const margin = 16
const line = 20
const mostRows = 40

/** Draws a panel in the theme that shows, twice as fine as the screen's pixels. */
export async function drawPng(title: string, note: string, picture: Picture, width: number): Promise<Blob | null> {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const rows = picture.kind === 'rows' ? picture.rows.slice(0, mostRows) : []
  const inner = width - 2 * margin
  const body =
    picture.kind === 'rows'
      ? (rows.length + 1) * line
      : (picture.canvas.height / picture.canvas.width) * inner + (picture.legend.length > 1 ? line : 0)
  const canvas = document.createElement('canvas')
  const scale = 2
  canvas.width = width * scale
  canvas.height = (body + 3 * line + margin) * scale
  const context = canvas.getContext('2d')
  if (!context) return null
  context.scale(scale, scale)
  context.fillStyle = token('surface')
  context.fillRect(0, 0, canvas.width, canvas.height)
  const write = (text: string, x: number, y: number, colour: string, font: string, room = inner): void => {
    context.fillStyle = token(colour)
    context.font = font
    context.fillText(text, x, y, room)
  }
  const plain = `12px ${token('font')}`
  write(title, margin, 28, 'text', `600 13px ${token('font')}`)
  write(note, margin, 46, 'muted', `11px ${token('font')}`)
  const top = 3 * line
  if (picture.kind === 'canvas') {
    let x = margin
    for (const { name, colour, dashed } of picture.legend.length > 1 ? picture.legend : []) {
      context.fillStyle = colour
      if (dashed) for (const part of [0, 5]) context.fillRect(x + part, top - 2, 3, 2)
      else if (dashed === undefined) context.fillRect(x, top - 5, 8, 8)
      else context.fillRect(x, top - 2, 8, 2)
      write(name, x + 13, top + 3, 'muted', `11px ${token('font')}`)
      x += 28 + context.measureText(name).width
    }
    const y = top + (picture.legend.length > 1 ? line : 0) - 4
    context.drawImage(picture.canvas, margin, y, inner, (picture.canvas.height / picture.canvas.width) * inner)
  } else {
    const step = inner / picture.columns.length
    for (const [index, column] of picture.columns.entries()) {
      const right = isNumeric(column) && index > 0
      const x = margin + step * (right ? index + 1 : index)
      context.textAlign = right ? 'right' : 'left'
      write(column.label, x, top + 4, 'muted', `11px ${token('font')}`, step - 8)
      for (const [at, row] of rows.entries())
        write(cellOf(row, column, false), x, top + 4 + (at + 1) * line, 'text', plain, step - 8)
    }
  }
  return new Promise((done) => canvas.toBlob(done, 'image/png'))
}
