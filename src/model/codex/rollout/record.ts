import type { Attributes } from '../../attributes.ts'
import type { Place, RolloutFact, ThreadKind, Usage } from './facts.ts'

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
  /** The code-mode script that runs. */
  scriptCallId: string | null
  /** Where the first line stands that says nothing to Colophon; missing where there is none. */
  problemAt?: number
}

export interface MeteredUsage extends Usage {
  readonly total: number
}

/** What Colophon knows of one kind of line. */
export interface RecordReader {
  /** As `headOf` tells it. */
  readonly kind: string
  readonly read: (line: RolloutLine, state: RolloutState) => readonly RolloutFact[]
}
