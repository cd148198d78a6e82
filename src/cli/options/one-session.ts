import { UsageError } from '../usage-error.ts'

/** The one session that a command is about: an id, how one begins, or `last`, which is meant where none is named. */
export const oneSession =
  (name: string) =>
  (words: readonly string[]): { readonly session: string } => {
    const [session = 'last', ...rest] = words
    if (session.trim() === '' || rest.length > 0)
      throw new UsageError(`${name} takes one session, not “${words.join(' ')}”`)
    return { session }
  }

export const whichSession = 'ID may be how the id begins; last, or none, is the newest session of this folder'
