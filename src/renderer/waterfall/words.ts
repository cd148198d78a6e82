import type { RowStatus } from '../../model/tree/row.ts'
import { counted } from '../format/number.ts'
import { barLabel } from './draw.ts'
import type { PlacedRow } from './rows.ts'

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
export function barInWords({ row, spans, errorBelow }: PlacedRow, edgeMs: number, live: boolean): string {
  return [
    barLabel(row, edgeMs, live),
    statusName(row.status),
    errorBelow ? 'an error below' : '',
    counted(spans, 'span'),
  ]
    .filter((words) => words !== '')
    .join(', ')
}
