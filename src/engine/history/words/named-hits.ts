import type { WordHit } from '../../../contract/words.ts'
import { calledFrom } from '../../queries/called.ts'
import type { Db } from '../../store/database.ts'
import type { Hit } from './find-words.ts'

/** The hits with what their sessions are named by. */
export function namedHits(db: Db, hits: readonly Hit[]): WordHit[] {
  const calledOf = calledFrom(db)
  return hits.map((hit) => ({ ...hit, ...calledOf(hit.sessionId) }))
}
