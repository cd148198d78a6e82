import { MalformedBody } from '../../engine/otlp/malformed.ts'
import type { Changed } from './changed-sessions.ts'
import { projectBatch, type ProjectedBatch, type Stores } from './project-batch.ts'

const nothing: ProjectedBatch = { written: [], logs: 0, spans: 0, affected: [] }

/** A session of which a record cannot be read has no facts, is told of, and stops nobody else's. What a server refuses concerns all of them. */
export async function projectSafely(
  stores: Stores,
  ids: readonly string[],
  changed: Changed,
  tell: (words: string) => void,
): Promise<ProjectedBatch> {
  try {
    return await projectBatch(stores, ids, changed)
  } catch (error) {
    if (!(error instanceof MalformedBody)) throw error
    if (ids.length === 1) {
      tell(`session ${ids.join('')} could not be read: ${error.message}`)
      return nothing
    }
    const middle = Math.ceil(ids.length / 2)
    const first = await projectSafely(stores, ids.slice(0, middle), changed, tell)
    const second = await projectSafely(stores, ids.slice(middle), changed, tell)
    return {
      written: [...first.written, ...second.written],
      logs: first.logs + second.logs,
      spans: first.spans + second.spans,
      affected: [...first.affected, ...second.affected],
    }
  }
}
