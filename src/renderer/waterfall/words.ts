import type { RowStatus, TreeRow } from '../../model/tree/row.ts'
import { counted, exact } from '../format/number.ts'
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

/** Of a row that went on after errors: how often it failed. Empty where nothing did, or where it failed for good. */
export function recovery({ status, failures }: Pick<TreeRow, 'status' | 'failures'>): string {
  if (status === 'error' || failures === 0) return ''
  return `${status === 'ok' ? 'recovered from' : 'had'} ${counted(failures, 'error')}`
}

/** The note of a row without the word that its status says already. */
export function noteBeside({ note, status }: Pick<TreeRow, 'note' | 'status'>): string {
  return note
    .split(' · ')
    .filter((words) => words !== statusWords[status])
    .join(' · ')
}

/** What the bar of a row shows, for those who do not see it. */
export function barInWords(
  { row, spans, hidden, errorBelow, eventSpans }: Line,
  edgeMs: number,
  live: boolean,
  findings: readonly string[] = [],
): string {
  return [
    barLabel({ ...row, note: noteBeside(row) }, edgeMs, live),
    statusName(row.status),
    recovery(row),
    errorBelow ? 'an error below' : '',
    spans > 0 ? counted(spans, 'span') : '',
    hidden > 0 ? `${counted(hidden, 'span')} below it folded` : '',
    eventWords(row, eventSpans.length),
    ...findings.map((title) => `finding: ${title}`),
  ]
    .filter((words) => words !== '')
    .join(', ')
}

/** How many of the spans behind a row alone, not of those below it, have events. */
function eventWords({ kind }: TreeRow, spans: number): string {
  if (spans === 0) return ''
  return kind === 'raw' ? 'has events' : `events in ${exact(spans)} of its own spans`
}
