import { cellsOf, cutTo } from './cells.ts'
import { ellipsis, plain, styled, textOf, type Line, type Piece } from './line.ts'
import type { Screen } from './screen.ts'

export interface Column<R> {
  readonly head: string
  readonly cell: (row: R) => Piece
  readonly right?: boolean
  /** Takes what the others leave; one at most. */
  readonly flexible?: boolean
  /** Left out on a screen that is narrower. */
  readonly from?: number
}

const gap = '  '
const leastFlexible = 12

/** One line a row below the heads. What a column cannot hold is cut. */
export function tableLines<R>(rows: readonly R[], columns: readonly Column<R>[], screen: Screen): Line[] {
  const shown = columns.filter(({ from = 0 }) => screen.width >= from)
  const cells = rows.map((row) =>
    shown.map(({ cell }): Piece => {
      const piece = cell(row)
      const text = plain(textOf(piece), screen)
      return typeof piece === 'string' ? text : { ...piece, text }
    }),
  )
  const widths = shown.map(({ head }, i) =>
    Math.max(cellsOf(head), ...cells.map((line) => cellsOf(textOf(line[i] ?? '')))),
  )
  const flexible = shown.findIndex((column) => column.flexible)
  const others = widths.reduce((sum, width, i) => sum + (i === flexible ? 0 : width), gap.length * (shown.length - 1))
  if (flexible >= 0) widths[flexible] = Math.min(widths[flexible] ?? 0, Math.max(leastFlexible, screen.width - others))
  const lineOf = (pieces: readonly Piece[]): Line =>
    pieces.flatMap((piece, i) => {
      const width = widths[i] ?? 0
      const text = cutTo(textOf(piece), width, ellipsis(screen))
      const padding = ' '.repeat(Math.max(0, width - cellsOf(text)))
      const whole = shown[i]?.right === true ? padding + text : text + padding
      return [i === 0 ? '' : gap, typeof piece === 'string' ? whole : { ...piece, text: whole }]
    })
  return [lineOf(shown.map(({ head }) => styled('dim', head))), ...cells.map(lineOf)]
}
