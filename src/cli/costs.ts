import type { CommandResults } from '../contract/commands.ts'
import { shortCount } from '../contract/short-words.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import { spendingBy, spendingIn } from '../engine/reading/spending.ts'
import { titled } from '../engine/reading/titled.ts'
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
  const range = { fromMs: (since ?? aWeekAgo)(nowMs), toMs: nowMs + 1 }
  const told = withFolder(dataDir, (db) =>
    db.transaction((): Costs => {
      const rows = spendingBy(db, by, range)
      return { ...range, by, rows: [...(by === 'session' ? titled(db, rows) : rows)], total: spendingIn(db, range) }
    })(),
  )
  answer('costs', told, json, (value, screen) => costLines(value, limit, screen))
}

/** With today seven days, from the midnight on that the first of them began with. */
function aWeekAgo(nowMs: number): number {
  const today = new Date(nowMs)
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - 6).getTime()
}

export function costLines({ by, rows, total }: Costs, limit: number, screen: Screen): Line[] {
  if (rows.length === 0) return [['No model call in that time.']]
  // Of days the latest are looked for, of all else the dearest.
  const listed = by === 'day' ? rows.slice(-limit) : rows.slice(0, limit)
  const dearest = Math.max(...listed.map(({ costUsd }) => costUsd ?? 0))
  const columns: readonly Column<Row>[] = [
    { head: by, cell: ({ name }) => name, flexible: true },
    { head: 'calls', cell: ({ calls }) => String(calls), right: true },
    { head: 'input', cell: ({ input }) => shortCount(input), right: true, from: 70 },
    { head: 'cached', cell: cachedWords, right: true, from: 80 },
    { head: 'output', cell: ({ output }) => shortCount(output), right: true, from: 80 },
    { head: 'cost', cell: (row) => costWords(row), right: true },
    {
      head: '',
      cell: (row) => (listed.includes(row) ? barOf((row.costUsd ?? 0) / Math.max(dearest, 1e-9), screen) : ''),
      from: 100,
    },
    ...(by === 'session'
      ? [{ head: 'id', cell: ({ sessionId }: Row) => styled('dim', shortId(sessionId ?? '')) }]
      : []),
  ]
  const more = rows.length - listed.length
  return [
    ...tableLines([...listed, { ...total, name: 'all', sessionId: null }], columns, screen),
    ...(more > 0 ? [[styled('dim', `… ${String(more)} more, all in the total: --limit shows them`)]] : []),
    ...(total.unpricedCalls > 0
      ? [[styled('yellow', `${String(total.unpricedCalls)} calls have no known price and are in no sum.`)]]
      : []),
  ]
}

const barCells = 20

function barOf(share: number, { unicode }: Screen): Piece {
  return styled('blue', (unicode ? '█' : '#').repeat(Math.round(share * barCells)))
}
