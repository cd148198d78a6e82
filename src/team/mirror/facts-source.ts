import type { Db } from '../../engine/store/database.ts'
import type { Bounds } from '../records/bounds.ts'

/** A stretch of time in Unix milliseconds, [from, to). */
export interface Range {
  readonly fromMs: number
  readonly toMs: number
}

/** The sessions with what panels sum up, or the rest of their facts, which comes after that; both where nothing is said. */
export type Part = 'summed' | 'others'

/** A session's facts as they are now: another revision, other facts. */
export interface Known {
  readonly id: string
  readonly revision: string
}

export interface Relatives {
  readonly ids: readonly string[]
  /** When the last record of them was, Unix nanoseconds, as far as anybody knows; null: nobody does. */
  readonly lastNs: bigint | null
}

/** Which findings of a session these are, and of which facts. */
export interface HeldFindings {
  readonly revision: string
  readonly ofRevision: string
}

/** Where facts of a team's sessions come from: a projector has written them, or they are made of the records when somebody asks. */
export interface FactsSource {
  /** Sessions that did anything in a range, the latest first, and how many there are. */
  readonly sessions: (
    range: Range,
    most: number,
  ) => Promise<{ readonly sessions: readonly Known[]; readonly total: number }>
  /** A session, those above it and those below it. */
  readonly family: (id: string) => Promise<Relatives>
  /** Puts the facts of sessions into a database of home's schema that has none of them. */
  readonly bring: (
    db: Db,
    ids: readonly string[],
    at?: (done: number, total: number) => void,
    part?: Part,
  ) => Promise<void>
  /** Metrics of a range by minute; they name no session. */
  readonly bringMetrics: (db: Db, range: Range) => Promise<void>
  /** Which metrics there are. */
  readonly bringSeries: (db: Db) => Promise<void>
  /** Puts findings there that somebody has found already, and notes in `held` of which facts they are; those that stand there are left. */
  readonly bringFindings: (db: Db, ids: readonly string[], held: Map<string, HeldFindings>) => Promise<void>
  /** What a session's findings are compared with: what was before it, and what was beside it. */
  readonly bringPast: (db: Db, ids: readonly string[], lasted: Bounds) => Promise<void>
}
