import { visible } from '../../contract/visible.ts'
import { cellsOf, cutTo } from './cells.ts'
import type { Screen } from './screen.ts'

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const
export type Style = keyof typeof codes

/** A text, or one in a style. Whatever it holds of others, it reaches a terminal as text: only `lineText` makes escape sequences. */
export type Piece = string | { readonly style: Style; readonly text: string }
export type Line = readonly Piece[]

export const styled = (style: Style, text: string): Piece => ({ style, text })
export const textOf = (piece: Piece): string => (typeof piece === 'string' ? piece : piece.text)

/** What a locale without them shows in the place of signs that the product itself writes. */
const inAscii: Readonly<Record<string, string>> = {
  '·': '-',
  '…': '...',
  '“': '"',
  '”': '"',
  '’': "'",
  '–': '-',
  '—': '-',
  '−': '-',
  '→': '->',
  '≥': '>=',
  '≤': '<=',
  '×': 'x',
}

/** On one line, without effect on the terminal, in the signs that the screen has. */
export function plain(text: string, { unicode }: Pick<Screen, 'unicode'>): string {
  const line = visible(text.replace(/[\t\n\r]+/g, ' '))
  return unicode ? line : withoutSigns(line)
}

/** For a locale without signs beyond ASCII, where their bytes are others, and some of these act on the terminal; lines stay lines. */
export function withoutSigns(text: string): string {
  return text.replace(/[^\u0000-\u007e]/gu, (sign) => inAscii[sign] ?? '?')
}

export const ellipsis = ({ unicode }: Pick<Screen, 'unicode'>): string => (unicode ? '…' : '...')

/** Cut where the screen ends. */
export function lineText(line: Line, screen: Screen): string {
  let room = screen.width
  let text = ''
  for (const piece of line) {
    // Beginnings and ends of pieces are spaces that somebody wants.
    const shown = cutTo(plain(textOf(piece), screen), room, ellipsis(screen))
    room -= cellsOf(shown)
    const isPainted = screen.colour && typeof piece !== 'string' && shown !== ''
    text += isPainted ? `\u001b[${codes[piece.style]}m${shown}\u001b[0m` : shown
  }
  return text.trimEnd()
}

export function linesText(lines: readonly Line[], screen: Screen): string {
  return lines.map((line) => `${lineText(line, screen)}\n`).join('')
}

/** A text of others may be long: on as many lines as it takes, each after `first` or as many spaces. */
export function wrapped(text: string, screen: Screen, first = '', style?: Style): Line[] {
  const room = Math.max(16, screen.width - cellsOf(first))
  const lines: string[] = []
  let line = ''
  for (const word of plain(text, screen).split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && cellsOf(longer) > room) {
      lines.push(line)
      line = word
    } else line = longer
  }
  lines.push(line)
  const paint = (part: string): Piece => (style === undefined ? part : styled(style, part))
  return lines.map((part, i) => [i === 0 ? first : ' '.repeat(cellsOf(first)), paint(part)])
}
