import type { Lineage } from '../../contract/session.ts'
import { defaultSilenceMs } from '../../model/session/state.ts'
import type { SessionSummary } from '../../model/session/summary.ts'
import type { Difference } from '../../model/session/witness.ts'
import { copyOf } from '../history/counting-files.ts'
import { lineageOf } from '../queries/lineage.ts'
import { differencesWithin, findSession } from '../queries/session-list.ts'
import type { Db } from '../store/database.ts'

/** A session and those that belong to it, without what `session.get` counts: that takes seconds of one with a million spans. */
export interface KnownSession extends SessionSummary {
  readonly family: readonly Lineage[]
  /** What `differences` counts. */
  readonly differenceList: readonly Difference[]
  /** A fork whose file holds a copy of it, where its own was never found. */
  readonly copiedIn?: string
}

/** Throws an Error in words where there is none of this id. */
export function knownSession(db: Db, id: string): KnownSession {
  const summary = findSession(db, id, defaultSilenceMs)
  if (summary === null) throw new Error(`there is no session ${id}`)
  const differenceList = summary.differences === 0 ? [] : differencesWithin(db, id)
  return { ...summary, family: lineageOf(db, summary), differenceList, ...copyOf(db, id) }
}
