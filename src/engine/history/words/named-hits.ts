import type { WordHit } from '../../../contract/words.ts'
import { calledBy } from '../../../model/session/by-user.ts'
import { findSession } from '../../queries/session-list.ts'
import type { Db } from '../../store/database.ts'
import type { Hit } from './find-words.ts'

/** The hits with what their sessions are called and where these worked. */
export function namedHits(db: Db, hits: readonly Hit[], silenceMs: number): WordHit[] {
  const sessions = new Map<string, { title: string | null; folder: string | null }>()
  for (const { sessionId } of hits) {
    if (sessions.has(sessionId)) continue
    const session = findSession(db, sessionId, silenceMs)
    sessions.set(sessionId, { title: session && calledBy(session), folder: session?.folder ?? null })
  }
  return hits.map((hit) => ({ ...hit, ...(sessions.get(hit.sessionId) ?? { title: null, folder: null }) }))
}
