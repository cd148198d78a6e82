import type { Attributes } from '../../attributes.ts'
import type { Place, RolloutFact, RolloutTurnContext, ThreadKind, Usage } from './facts.ts'

/** One line of a session file, parsed. */
export interface RolloutLine {
  /** When it was written. A copied line has the time of copying. */
  readonly atMs: number
  /** null in legacy files. */
  readonly ordinal: number | null
  readonly place: Place
  readonly payload: Attributes
}

/** What reading a file has to remember from line to line: plain values, so that reading can stop and go on. */
export interface RolloutState {
  readonly threadId: string
  readonly rolloutId: string
  /** By the first line. */
  kind: ThreadKind
  /** The last turn that began: lines of older files name none. */
  turnId: string | null
  /** The meter of the last token_count. */
  total: MeteredUsage | null
  /** Whether the turn that goes on has a token_usage_record; missing until then. */
  isRecorded?: boolean
  /** Of an ancestor's turn that is being copied: what it ran with, and what it answered; missing where none is. */
  copiedContext?: CopiedContext
  copied?: CopiedTurn
  /** The threads that this one may hold copies of, as session_meta names them; missing where none is named. */
  ancestors?: string[]
  /** What the model's answers run with where no line names a turn, as in files of 2025; missing where turns are named. */
  unnamed?: { readonly model: string | null; readonly effort: string | null }
  /** The code-mode script that runs. */
  scriptCallId: string | null
  /** Where the first line stands that says nothing to Colophon; missing where there is none. */
  problemAt?: number
}

/**
 * A turn of an ancestor, of which a fork's file (of a legacy thread) holds a copy: with the ids that it had, and the time of copying. It counts
 * for the ancestor, and only while nothing else is known of its file.
 */
export interface CopiedTurn {
  readonly turnId: string
  /** Whose it is: as its answers say, and where they are no records, as its age does. */
  readonly threadId: string
  readonly isRecorded: boolean
  readonly answers: { readonly responseId: string; readonly usage: Usage }[]
}

export type CopiedContext = Omit<RolloutTurnContext, 'fact' | 'sessionId' | 'rolloutId' | 'atMs'>

export interface MeteredUsage extends Usage {
  readonly total: number
}

/** What Colophon knows of one kind of line. */
export interface RecordReader {
  /** As `headOf` tells it. */
  readonly kind: string
  readonly read: (line: RolloutLine, state: RolloutState) => readonly RolloutFact[]
}
