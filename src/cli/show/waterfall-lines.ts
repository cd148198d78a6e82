import type { CommandResults } from '../../contract/commands.ts'
import { shortDuration } from '../../contract/short-words.ts'
import { cellsOf, cutTo } from '../text/cells.ts'
import { ellipsis, plain, styled, type Line, type Piece } from '../text/line.ts'
import type { Screen } from '../text/screen.ts'
import { rowBar } from './row-bar.ts'
import { partLooks, signOf } from './looks.ts'

type Shown = CommandResults['show']
type Row = Shown['rows'][number]

export interface Unfolded {
  /** 0 is the session itself, 1 its turns. */
  readonly depth: number
  /** So many rows at most: the first ones, or those that began last. */
  readonly rows: number
  readonly latest?: boolean
}

const durationCells = 9

/** The rows of a session over its time, as deep as they are unfolded. */
export function waterfallLines(
  { rows, ledger }: Pick<Shown, 'rows' | 'ledger'>,
  { depth, rows: most, latest = false }: Unfolded,
  screen: Screen,
): Line[] {
  const depths = depthsOf(rows)
  const unfolded = rows.filter(({ id }) => (depths.get(id) ?? 0) <= depth)
  const shown = latest ? unfolded.slice(-most) : unfolded.slice(0, most)
  if (shown.length === 0) return []
  // Steps of hooks lie in the time of the session, or far from it.
  const work = rows.filter(({ kind }) => kind !== 'hook')
  const time = { startMs: Math.min(...work.map(({ startMs }) => startMs), ledger.startMs), endMs: endOf(work, ledger) }
  const nameCells = Math.max(20, Math.floor(screen.width * 0.38))
  const barCells = screen.width - nameCells - durationCells - 3
  const used = new Set(shown.flatMap(({ parts }) => parts.map(({ kind }) => kind)))
  const left = unfolded.length - shown.length
  return [
    [styled('bold', 'Waterfall'), '  ', ...[...used].flatMap((kind) => legendOf(kind, screen))],
    ...shown.map((row): Line => [
      ...nameOf(row, depths.get(row.id) ?? 0, nameCells, screen),
      ' ',
      ...rowBar(row, time, barCells, screen),
      ' ',
      ...durationOf(row, screen),
    ]),
    ...(left > 0
      ? [
          [
            styled(
              'dim',
              `… ${String(left)} ${latest ? 'rows before' : 'more rows: --rows shows them, --depth folds them'}`,
            ),
          ],
        ]
      : []),
  ]
}

function depthsOf(rows: readonly Row[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  for (const { id, parentId } of rows) depths.set(id, parentId === null ? 0 : (depths.get(parentId) ?? 0) + 1)
  return depths
}

function endOf(rows: readonly Row[], { startMs, wallMs }: Shown['ledger']): number {
  return rows.reduce((last, row) => Math.max(last, row.startMs + (row.durationMs ?? 0)), startMs + wallMs)
}

function legendOf(kind: Row['parts'][number]['kind'], screen: Screen): Piece[] {
  const look = partLooks[kind]
  return [styled(look.style, signOf(look, screen)), ` ${look.name}  `]
}

function nameOf({ label, detail, status, note }: Row, depth: number, cells: number, screen: Screen): Piece[] {
  const name = ' '.repeat(depth * 2) + plain(label, screen)
  const faint = plain([detail, note].filter((text) => text !== '').join(' · '), screen)
  const shownName = cutTo(name, cells, ellipsis(screen))
  const room = cells - cellsOf(shownName)
  const shownFaint = faint === '' || room < 4 ? '' : cutTo(` ${faint}`, room, ellipsis(screen))
  const rest = ' '.repeat(Math.max(0, room - cellsOf(shownFaint)))
  return [status === 'error' ? styled('red', shownName) : shownName, styled('dim', shownFaint), rest]
}

function durationOf({ durationMs, untimed, status, atMost }: Row, screen: Screen): Piece[] {
  const words =
    durationMs === null || untimed
      ? status === 'open'
        ? 'runs'
        : ''
      : `${atMost ? '≤ ' : ''}${shortDuration(durationMs)}`
  const text = plain(words, screen).padStart(durationCells)
  return [status === 'error' ? styled('red', text) : text]
}
