import type { Db } from '../store/database.ts'

/** Whether anybody has committed anything since it was asked last; yes at first. */
export function changesOf(db: Db): () => boolean {
  let known: unknown = null
  return () => {
    const version: unknown = db.pragma('data_version', { simple: true })
    const hasChanged = version !== known
    known = version
    return hasChanged
  }
}
