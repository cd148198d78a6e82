import type { DraftRow, SessionRows } from './draft.ts'
import { turnAround } from './session-rows.ts'
import { nearest, type SpanColumns, type TreeLink } from './spans.ts'

/**
 * Finds the row that each span is folded into: the nearest of itself and its ancestors that a row stands for, within
 * the conversation that it belongs to. Every span of a conversation of the tree gets exactly one row; spans of other
 * conversations, which may share a trace, get null.
 */
export function assignSpans(spans: SpanColumns, sessions: ReadonlyMap<string, SessionRows>): (DraftRow | null)[] {
  const owners = ownersOfTraces(spans, sessions)
  const [root] = sessions.values()
  const rootId = root?.session.app === undefined ? '' : root.session.id
  const conversations = nearest(
    spans,
    (span) => spans.links.get(span)?.conversationId ?? null,
    // A trace that names no conversation is read for the application's session that it is itself.
    (span) => owners.get(spans.trace[span] ?? -1) ?? rootId,
  )
  const homes = homesOfTraces(spans, sessions, conversations)
  return nearest<{ row: DraftRow | null; conversation: string }>(
    spans,
    (span) => {
      const conversation = conversations[span] ?? ''
      const rows = sessions.get(conversation)
      if (rows === undefined) return { row: null, conversation }
      const link = spans.links.get(span)
      const row = link === undefined ? null : rowOfLink(link, rows, spans, span)
      return row === null ? null : { row, conversation }
    },
    (span) => fallback(span),
  ).map(({ row, conversation }, span) => (conversation === conversations[span] ? row : fallback(span).row))

  function fallback(span: number): { row: DraftRow | null; conversation: string } {
    const conversation = conversations[span] ?? ''
    const rows = sessions.get(conversation)
    const home = homes.get(`${spans.trace[span] ?? -1}\n${conversation}`)
    return { row: rows === undefined ? null : (home ?? rows.root), conversation }
  }
}

/**
 * Whose a trace's spans are when no ancestor tells: of the conversations that it names the one that started the others,
 * which is one whose parent the trace does not name; of several such the first by id.
 */
function ownersOfTraces(spans: SpanColumns, sessions: ReadonlyMap<string, SessionRows>): Map<number, string> {
  const named = new Map<number, Set<string>>()
  for (const [span, { conversationId }] of spans.links) {
    if (conversationId === null) continue
    const trace = spans.trace[span] ?? -1
    const set = named.get(trace) ?? new Set()
    named.set(trace, set.add(conversationId))
  }
  const owners = new Map<number, string>()
  for (const [trace, conversations] of named) {
    const sorted = [...conversations].sort()
    const isTop = (id: string): boolean => !conversations.has(sessions.get(id)?.session.parentId ?? '')
    owners.set(trace, sorted.find(isTop) ?? (sorted[0] as string))
  }
  return owners
}

/** The row for a trace's orphans: its turn, else the first row that any of its spans leads to. */
function homesOfTraces(
  spans: SpanColumns,
  sessions: ReadonlyMap<string, SessionRows>,
  conversations: readonly string[],
): Map<string, DraftRow> {
  const homes = new Map<string, DraftRow>()
  const inOrder = [...spans.links.keys()].sort((a, b) => rank(a) - rank(b) || startOf(a) - startOf(b))
  for (const span of inOrder) {
    const conversation = conversations[span] ?? ''
    const rows = sessions.get(conversation)
    const link = spans.links.get(span)
    const key = `${spans.trace[span] ?? -1}\n${conversation}`
    if (rows === undefined || link === undefined || homes.has(key)) continue
    const row = rowOfLink(link, rows, spans, span)
    if (row !== null) homes.set(key, rows.session.app === undefined ? row : turnOf(row))
  }
  return homes

  function rank(span: number): number {
    const kind = spans.links.get(span)?.kind
    if (kind === 'turn' || kind === 'turn_request') return 0
    return kind === 'other' ? 2 : 1
  }
  function startOf(span: number): number {
    return spans.start[span] ?? 0
  }
}

/** An application's trace is of one turn, but any of its spans may be all that names it. */
function turnOf(row: DraftRow): DraftRow {
  let turn = row
  while (turn.kind !== 'turn' && turn.parent !== null) turn = turn.parent
  return turn
}

/** The row that a linked span stands for, or for whose part it is; null where its link says too little. */
function rowOfLink(link: TreeLink, rows: SessionRows, spans: SpanColumns, span: number): DraftRow | null {
  const start = spans.start[span] ?? 0
  switch (link.kind) {
    case 'loop':
    case 'process':
      return rows.root
    case 'round':
    case 'compaction':
      return rows.bySpanId.get(link.spanId) ?? null
    case 'model':
      return roundAround(rows, start)
    case 'attempt':
    case 'sampling':
      // Their ancestors lead to the round once it has arrived; until then it is told by time.
      return (spans.parent[span] ?? -1) >= 0 ? null : roundAround(rows, start)
    default: {
      const hook = rows.bySpanId.get(link.spanId)
      if (hook?.kind === 'hook') return hook
      const call = link.callId === null ? undefined : rows.byCallId.get(link.callId)
      if (call !== undefined) return call
      const turn = link.turnId === null ? undefined : rows.byTurnId.get(link.turnId)
      if (turn !== undefined) return turn
      return link.turnId === null ? null : turnAround(rows.turns, start)
    }
  }
}

function roundAround({ rounds }: SessionRows, at: number): DraftRow | null {
  return rounds.findLast(({ row }) => row.start <= at + 1_000_000 && (row.end === null || at <= row.end))?.row ?? null
}
