import type { Value } from '../../contract/index.ts'
import type { Filter } from './display-list.ts'
import { rowsAbove } from './outline.ts'
import type { SessionData } from './session-data.ts'

/** A 1 for every row and span in which the words of a search occur. */
export interface Matches extends Filter {
  readonly rows: Uint8Array
  readonly spans: Uint8Array
}

/** Names are looked at here, so that every row and span that shows is marked at once. */
export function matchingNames({ outline, raw }: SessionData, query: string): Matches {
  const words = query.toLowerCase()
  const rows = Uint8Array.from(outline.rows, ({ label, detail, note }) =>
    `${label} ${detail} ${note}`.toLowerCase().includes(words) ? 1 : 0,
  )
  const spans = new Uint8Array(raw?.count ?? 0)
  const hit = Uint8Array.from(raw?.names ?? [], (name) => (name.toLowerCase().includes(words) ? 1 : 0))
  if (raw !== null && hit.includes(1))
    for (let span = 0; span < spans.length; span++) spans[span] = hit[raw.spans.name[span] ?? 0] ?? 0
  return { rows, spans }
}

/** With the engine's answer: it knows attributes, events, arguments and output, of spans 5,000 at most. */
export function withAnswer(data: SessionData, named: Matches, found: Value<'session.search'>): Matches {
  const rows = named.rows.slice()
  const spans = named.spans.slice()
  for (const { rowId } of found.rows) {
    const row = data.outline.indexOf.get(rowId)
    if (row !== undefined) rows[row] = 1
  }
  markSpans(data, spans, found.spans)
  return { rows, spans }
}

function markSpans({ raw }: SessionData, marks: Uint8Array, found: Value<'session.search'>['spans']): void {
  if (raw === null || found.length === 0) return
  const { trace, idHigh, idLow } = raw.spans
  const traces = new Map(raw.traces.map((traceId, index) => [traceId, index]))
  // By 16 bits of the id, then by its lower half: a million spans are answered in some milliseconds.
  const mayBe = new Uint8Array(65_536)
  const lows = new Set<number>()
  const whole = new Set<string>()
  for (const { traceId, spanIds } of found)
    for (const spanId of spanIds) {
      const low = Number.parseInt(spanId.slice(8), 16)
      mayBe[low & 0xffff] = 1
      lows.add(low)
      whole.add(`${traces.get(traceId) ?? -1}/${Number.parseInt(spanId.slice(0, 8), 16) | 0}/${low}`)
    }
  for (let span = 0; span < raw.count; span++) {
    const low = idLow[span] ?? 0
    if (mayBe[low & 0xffff] === 0 || !lows.has(low)) continue
    if (whole.has(`${trace[span] ?? 0}/${idHigh[span] ?? 0}/${low}`)) marks[span] = 1
  }
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
