import type { FoundSession } from '../engine/reading/find-session.ts'

/** On standard error, so that what is printed stays the answer alone. */
export function noteElsewhere({ id, elsewhere }: FoundSession): void {
  if (elsewhere)
    process.stderr.write(`colophon: no session of this folder is known; showing ${id}, the newest of all\n`)
}
