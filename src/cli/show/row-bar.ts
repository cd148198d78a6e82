import type { CommandResults } from '../../contract/commands.ts'
import { styled, type Piece } from '../text/line.ts'
import type { Screen } from '../text/screen.ts'
import { partLooks, plainLook, signOf, type Look } from './looks.ts'

type Row = CommandResults['show']['rows'][number]

/** A row's time among all of it, a cell each; every row has one cell at least. */
export function rowBar(
  { startMs, durationMs, status, parts }: Pick<Row, 'startMs' | 'durationMs' | 'status' | 'parts'>,
  time: { readonly startMs: number; readonly endMs: number },
  cells: number,
  screen: Screen,
): Piece[] {
  const perMs = cells / Math.max(1, time.endMs - time.startMs)
  const endMs = durationMs === null ? (status === 'open' ? time.endMs : startMs) : startMs + durationMs
  const from = Math.max(0, Math.min(cells - 1, Math.floor((startMs - time.startMs) * perMs)))
  const to = Math.min(cells, Math.max(from + 1, Math.round((endMs - time.startMs) * perMs)))
  const looks = Array.from({ length: to - from }, (_, i) => {
    const cellMs = time.startMs + (from + i) / perMs
    return lookAt(parts, Math.max(cellMs, startMs), Math.min(cellMs + 1 / perMs, endMs))
  })
  return [' '.repeat(from), ...runsOf(looks, screen), ' '.repeat(cells - to)]
}

/** What took the most of a cell. */
function lookAt(parts: Row['parts'], fromMs: number, toMs: number): Look {
  let [most, look] = [0, plainLook]
  for (const { kind, startMs, durationMs } of parts) {
    const sharedMs = Math.min(toMs, startMs + durationMs) - Math.max(fromMs, startMs)
    // Of a row that is shorter than a cell any part is worth showing.
    if (sharedMs > most || (look === plainLook && sharedMs >= 0))
      [most, look] = [Math.max(0, sharedMs), partLooks[kind]]
  }
  return look
}

function runsOf(looks: readonly Look[], screen: Screen): Piece[] {
  const pieces: Piece[] = []
  let run = ''
  looks.forEach((look, i) => {
    run += signOf(look, screen)
    if (looks[i + 1] === look) return
    pieces.push(styled(look.style, run))
    run = ''
  })
  return pieces
}
