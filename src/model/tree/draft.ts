import type { RoundFacts, SessionFacts } from './facts.ts'
import type { RowKind, RowPart, RowStatus } from './row.ts'

/** A row while the tree is built. Times are nanoseconds after the tree's base. */
export interface DraftRow {
  readonly id: string
  readonly kind: RowKind
  readonly sessionId: string
  readonly label: string
  readonly detail: string
  readonly start: number
  /** null: open, or its end is not known. */
  readonly end: number | null
  /** It began no earlier than `start`. */
  readonly atMost?: boolean
  /** It ended at `start`, and nothing tells when it began. */
  readonly untimed?: boolean
  /** Of another time than its session, which it therefore does not make longer. */
  readonly isApart?: boolean
  readonly status: RowStatus
  readonly failures: number
  readonly parts: readonly DraftPart[]
  readonly note: string
  readonly turnId: string | null
  readonly callId: string | null
  parent: DraftRow | null
  spanCount: number
}

export interface DraftPart {
  readonly kind: RowPart['kind']
  readonly start: number
  readonly end: number
}

/** The rows of one session, with what raw spans find them by. */
export interface SessionRows {
  readonly session: SessionFacts
  readonly root: DraftRow
  readonly all: readonly DraftRow[]
  readonly byTurnId: ReadonlyMap<string, DraftRow>
  readonly byCallId: ReadonlyMap<string, DraftRow>
  /** By the span id of the round, compaction or hook. */
  readonly bySpanId: ReadonlyMap<string, DraftRow>
  readonly rounds: readonly { readonly row: DraftRow; readonly round: RoundFacts | null }[]
  readonly turns: readonly DraftRow[]
}

/** Parts of positive length, cut to the row they stand in and to each other, in order. */
export function tidyParts(parts: readonly DraftPart[], start: number, end: number): readonly DraftPart[] {
  const tidy: DraftPart[] = []
  let from = start
  for (const part of [...parts].sort((a, b) => a.start - b.start)) {
    const partStart = Math.max(from, part.start)
    const partEnd = Math.min(end, part.end)
    if (partEnd <= partStart) continue
    tidy.push({ kind: part.kind, start: partStart, end: partEnd })
    from = partEnd
  }
  return tidy
}
