import type { CommandResults } from '../contract/commands.ts'
import { plural, shortCount } from '../contract/short-words.ts'
import { aWeekAgo } from '../contract/moment.ts'
import { costsOf } from '../engine/reading/costs.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import type { CostsOptions } from './options/costs.ts'
import { answer } from './print.ts'
import { styled, type Line, type Piece } from './text/line.ts'
import type { Screen } from './text/screen.ts'
import { tableLines, type Column } from './text/table.ts'
import { cachedWords, costWords, shortId } from './text/words.ts'

type Costs = CommandResults['costs']
type Row = Costs['rows'][number]

/** What model calls cost over a range. */
export function costs({ by, since, limit, json, dataDir }: CostsOptions): void {
  const nowMs = Date.now()
  const asked = { by, limit, fromMs: (since ?? aWeekAgo)(nowMs), toMs: nowMs + 1 }
  const told = withFolder(dataDir, (db) => costsOf(db, asked))
  answer('costs', told, json, costLines)
}

export function costLines({ by, rows, moreRows, total }: Costs, screen: Screen): Line[] {
  if (rows.length === 0) return [['No model calls in that time.']]
  const all: Row = { ...total, name: 'all', sessionId: null }
  // What a session is called takes more room than a day or a model.
  const wide = by === 'session' ? 100 : 80
  const dearest = Math.max(...rows.map(({ costUsd }) => costUsd ?? 0))
  const columns: readonly Column<Row>[] = [
    { head: by, cell: ({ name }) => name, flexible: true },
    { head: 'calls', cell: ({ calls }) => String(calls), right: true },
    { head: 'input', cell: ({ input }) => shortCount(input), right: true, from: 70 },
    { head: 'cached', cell: cachedWords, right: true, from: wide },
    { head: 'output', cell: ({ output }) => shortCount(output), right: true, from: wide },
    { head: 'cost', cell: (row) => costWords(row), right: true },
    {
      head: '',
      cell: (row) => (row === all ? '' : barOf((row.costUsd ?? 0) / Math.max(dearest, 1e-9), screen)),
      from: 100,
    },
    ...(by === 'session'
      ? [{ head: 'id', cell: ({ sessionId }: Row) => styled('dim', shortId(sessionId ?? '')) }]
      : []),
  ]
  return [
    ...tableLines([...rows, all], columns, screen),
    ...(moreRows > 0
      ? [
          [
            styled(
              'dim',
              `… ${by === 'day' ? plural(moreRows, 'earlier day') : `${String(moreRows)} more`}, included in the total: --limit shows them`,
            ),
          ],
        ]
      : []),
    ...(total.unpricedCalls > 0
      ? [[styled('yellow', `${plural(total.unpricedCalls, 'call')} without a known price, not included.`)]]
      : []),
  ]
}

const barCells = 20

function barOf(share: number, { unicode }: Screen): Piece {
  return styled('blue', (unicode ? '█' : '#').repeat(Math.round(share * barCells)))
}
