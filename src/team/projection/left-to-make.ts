import type { TeamReader } from '../connection.ts'
import type { Changed } from './changed-sessions.ts'

/**
 * Which sessions facts are still to be made of, where the facts of all are made again: a newer version does so, and one that was stopped
 * in the middle goes on. `since`: those with records that came after it was begun, whose facts may be of before.
 */
export async function leftToMake(
  facts: Pick<TeamReader, 'rows'>,
  changed: Changed,
  since: Changed,
  version: number,
): Promise<readonly string[]> {
  const made = await facts.rows<{ id: string }>(
    'SELECT id FROM colophon_sessions FINAL WHERE bitShiftRight(revision, 56) = {version:UInt64}',
    { version },
  )
  const isMade = new Set(made.map(({ id }) => id))
  return [...changed.keys()].filter((id) => !isMade.has(id) || since.has(id))
}
