import type { RowStatus } from '../../model/tree/row.ts'
import { counted } from '../format/number.ts'
import { barLabel } from './bars.ts'
import type { Line } from './lines.ts'

const statusWords: Readonly<Record<RowStatus, string>> = {
  ok: 'ok',
  error: 'failed',
  cancelled: 'cancelled',
  open: 'still open',
  unknown: 'outcome unknown',
}

export function statusName(status: RowStatus): string {
  return statusWords[status]
}

/** What the bar of a row shows, for those who do not see it. */
export function barInWords({ row, spans, errorBelow, hasEvents }: Line, edgeMs: number, live: boolean): string {
  return [
    barLabel(row, edgeMs, live),
    statusName(row.status),
    errorBelow ? 'an error below' : '',
    spans > 0 ? counted(spans, 'span') : '',
    hasEvents ? 'has events' : '',
  ]
    .filter((words) => words !== '')
    .join(', ')
}
