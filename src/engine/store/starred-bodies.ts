import { starredPredicate } from '../filters/predicates.ts'
import type { Db } from './database.ts'
import { sessionBodies } from './session-bodies.ts'

export interface StarredBodies {
  /** Fills `temp.starred_body` where that is not known, a little after each `next`. */
  find(): Generator<void, void>
  /** A star was set or taken away. */
  forget(): void
}

/** Bodies that tell of starred sessions and their helpers. */
export function starredBodies(db: Db): StarredBodies {
  const bodies = sessionBodies(db, 'starred_body')
  const starred = db.prepare<[], string>(`SELECT id FROM session WHERE ${starredPredicate}`).pluck()
  let isKnown = false
  return {
    *find() {
      while (!isKnown) {
        // A star that is set meanwhile makes it begin again.
        isKnown = true
        bodies.clear()
        for (const id of starred.all()) yield* bodies.add(id)
      }
    },
    forget() {
      isKnown = false
      bodies.clear()
    },
  }
}
