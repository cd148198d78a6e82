import type { Value } from '../../contract/index.ts'
import type { Filter } from './display-list.ts'
import { rowsAbove } from './outline.ts'
import type { SessionData } from './session-data.ts'

/** A 1 for every row and span in which the words of a search occur. */
export interface Matches extends Filter {
  readonly rows: Uint8Array
  readonly spans: Uint8Array
}

/**
 * The engine's answer knows attributes, events, arguments and output, of spans 5,000 at most; names are looked at here as
 * well, so that every span that shows is marked at once. `found` is null while the answer is awaited.
 */
export function matchesOf(data: SessionData, query: string, found: Value<'session.search'> | null): Matches {
  const { outline, raw } = data
  const words = query.toLowerCase()
  const rows = Uint8Array.from(outline.rows, ({ label, detail, note }) =>
    `${label} ${detail} ${note}`.toLowerCase().includes(words) ? 1 : 0,
  )
  const spans = new Uint8Array(raw?.count ?? 0)
  if (raw !== null) {
    const hit = Uint8Array.from(raw.names, (name) => (name.toLowerCase().includes(words) ? 1 : 0))
    for (let span = 0; span < spans.length; span++) spans[span] = hit[raw.spans.name[span] ?? 0] ?? 0
  }
  for (const { rowId } of found?.rows ?? []) {
    const row = outline.indexOf.get(rowId)
    if (row !== undefined) rows[row] = 1
  }
  if (found) markSpans(data, spans, found.spans)
  return { rows, spans }
}

function markSpans({ raw }: SessionData, marks: Uint8Array, found: Value<'session.search'>['spans']): void {
  if (raw === null || found.length === 0) return
  const { trace, idHigh, idLow } = raw.spans
  // By the lower half first: a set of numbers answers a million questions in some milliseconds.
  const lows = new Set(found.map(({ spanId }) => Number.parseInt(spanId.slice(8), 16)))
  const whole = new Set(found.map(({ traceId, spanId }) => `${traceId}/${Number.parseInt(spanId.slice(0, 8), 16) | 0}`))
  for (let span = 0; span < raw.count; span++)
    if (lows.has(idLow[span] ?? 0) && whole.has(`${raw.traces[trace[span] ?? 0] ?? ''}/${idHigh[span] ?? 0}`))
      marks[span] = 1
}

/** What is left when only matches show: they, the rows above them, and the spans above matching spans. */
export function onlyMatches(data: SessionData, matches: Matches, shows: (row: number) => boolean): Filter {
  const { outline, raw, first, end } = data
  const rows = new Uint8Array(outline.rows.length)
  const spans = Uint8Array.from(matches.spans)
  for (let row = 0; row < rows.length; row++) {
    const holdsSome = shows(row) && keepSpans(row)
    if (holdsSome || matches.rows[row] === 1) for (const at of [row, ...rowsAbove(outline, row)]) rows[at] = 1
  }
  return { rows, spans }

  /** Backwards through a row, where a span comes before those below it: whatever is less deep than a kept one holds it. */
  function keepSpans(row: number): boolean {
    const depth = raw?.spans.depth
    let above = -1
    for (let span = (end[row] ?? 0) - 1; depth && span >= (first[row] ?? 0); span--) {
      const level = depth[span] ?? 0
      if (spans[span] !== 1 && level >= above) continue
      spans[span] = 1
      above = level
    }
    return above >= 0
  }
}

/** The rows of a share of the session's time, and those above them; of the spans all. */
export function onlyRows({ outline }: SessionData, ids: ReadonlySet<string>): Filter {
  const rows = new Uint8Array(outline.rows.length)
  outline.rows.forEach(({ id }, row) => {
    if (ids.has(id)) for (const at of [row, ...rowsAbove(outline, row)]) rows[at] = 1
  })
  return { rows, spans: null }
}
