import { spanIdOf } from '../../model/block/session-block.ts'
import type { TreeRow } from '../../model/tree/row.ts'
import { rowOfSpan } from './session-data.ts'
import type { SessionData } from './session-data.ts'

/**
 * One number for whatever a line can show: a folded row by its index, a raw span by the complement of its index (`~span`),
 * which is below 0.
 */
export type Entry = number

export const isSpan = (entry: Entry): boolean => entry < 0

/** A span's place in the tree, for asking for it whole. */
export interface SpanRef {
  readonly traceId: string
  readonly spanId: string
}

export function spanOfId(id: string): SpanRef | null {
  const [kind, traceId, spanId] = id.split('/')
  return kind === 'raw' && traceId && spanId ? { traceId, spanId } : null
}

/** The id of an entry in links: a row's own, or `raw/<trace id>/<span id>`. */
export function idOf({ outline, raw }: SessionData, entry: Entry): string {
  if (!isSpan(entry)) return outline.rows[entry]?.id ?? ''
  if (raw === null) return ''
  const { trace, idHigh, idLow } = raw.spans
  return `raw/${raw.traces[trace[~entry] ?? 0] ?? ''}/${spanIdOf(idHigh[~entry] ?? 0, idLow[~entry] ?? 0)}`
}

/** null where there is no such row, or its span has not come. A span is looked for in all of them: 2 ms in a million. */
export function entryOf({ outline, raw }: SessionData, id: string): Entry | null {
  const row = outline.indexOf.get(id)
  if (row !== undefined) return row
  const ref = spanOfId(id)
  if (ref === null || raw === null) return null
  const wanted = raw.traces.indexOf(ref.traceId)
  const high = Number.parseInt(ref.spanId.slice(0, 8), 16) | 0
  const low = Number.parseInt(ref.spanId.slice(8), 16)
  const { trace, idHigh, idLow } = raw.spans
  for (let span = 0; span < raw.count; span++)
    if (idLow[span] === low && idHigh[span] === high && trace[span] === wanted) return ~span
  return null
}

/** The spans of these ids that have come, ascending: one look at all of them. Ids of rows count for nothing. */
export function spansOfIds({ raw }: SessionData, ids: Iterable<string>): Int32Array {
  const refs = [...ids].map(spanOfId).filter((ref) => ref !== null)
  if (raw === null || refs.length === 0) return new Int32Array()
  // By the lower half first: a set of numbers answers a million questions in some milliseconds.
  const lows = new Set(refs.map(({ spanId }) => Number.parseInt(spanId.slice(8), 16)))
  const whole = new Set(
    refs.map(
      ({ traceId, spanId }) =>
        `${traceId}/${Number.parseInt(spanId.slice(0, 8), 16) | 0}/${Number.parseInt(spanId.slice(8), 16)}`,
    ),
  )
  const { trace, idHigh, idLow } = raw.spans
  const found: number[] = []
  for (let span = 0; span < raw.count; span++)
    if (lows.has(idLow[span] ?? 0) && whole.has(`${raw.traces[trace[span] ?? 0] ?? ''}/${idHigh[span]}/${idLow[span]}`))
      found.push(span)
  return Int32Array.from(found)
}

/** The folded row that an entry is, or belongs to. */
export function ownerOf(data: SessionData, entry: Entry): number {
  return isSpan(entry) ? rowOfSpan(data, ~entry) : entry
}

/** A raw span in the shape of a row, for those few that are in view. */
export function rowOfEntry(data: SessionData, entry: Entry): TreeRow | null {
  const { outline, raw } = data
  if (!isSpan(entry)) return outline.rows[entry] ?? null
  if (raw === null) return null
  const span = ~entry
  const owner = outline.rows[rowOfSpan(data, span)]
  return {
    id: idOf(data, entry),
    parentId: owner?.id ?? null,
    kind: 'raw',
    label: raw.names[raw.spans.name[span] ?? 0] ?? '',
    detail: '',
    startMs: raw.baseMs + (raw.spans.start[span] ?? 0),
    durationMs: raw.spans.duration[span] ?? 0,
    atMost: false,
    untimed: false,
    status: ((raw.spans.flags[span] ?? 0) & 1) === 1 ? 'error' : 'ok',
    spanCount: 1,
    failures: 0,
    parts: [],
    note: '',
    sessionId: owner?.sessionId ?? '',
    turnId: owner?.turnId ?? null,
    callId: owner?.callId ?? null,
  }
}

/** Entries in display order: each row that passes, and right behind it the spans of it that pass, where it shows them. */
export function entriesWhere(
  { outline, first, end }: SessionData,
  row: (row: number) => boolean,
  shows: (row: number) => boolean,
  span: (span: number) => boolean,
): Int32Array {
  const found: number[] = []
  for (let at = 0; at < outline.rows.length; at++) {
    if (row(at)) found.push(at)
    if (shows(at)) for (let s = first[at] ?? 0; s < (end[at] ?? 0); s++) if (span(s)) found.push(~s)
  }
  return Int32Array.from(found)
}

/** Where an entry stands among others of display order: behind its row, before the next one. */
function isBefore(data: SessionData, a: Entry, b: Entry): boolean {
  const [rowA, rowB] = [ownerOf(data, a), ownerOf(data, b)]
  if (rowA !== rowB) return rowA < rowB
  return isSpan(a) && isSpan(b) ? ~a < ~b : !isSpan(a) && isSpan(b)
}

/** The next (1) or previous (-1) of these entries from one that need not be among them, going round at the end. */
export function stepFrom(data: SessionData, entries: Int32Array, from: Entry | null, step: 1 | -1): Entry | null {
  if (entries.length === 0) return null
  const round = (at: number): Entry | null => entries[(at + entries.length) % entries.length] ?? null
  if (from === null) return round(step > 0 ? 0 : -1)
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(data, entries[middle] ?? 0, from)) low = middle + 1
    else high = middle
  }
  if (step < 0) return round(low - 1)
  return round(entries[low] === from ? low + 1 : low)
}
