import { UsageError } from '../usage-error.ts'

type ReadSession = (words: readonly string[]) => { readonly session: string }

/** The one session that a command is about: an id, how one begins, or `last`. */
export const namedSession =
  (name: string): ReadSession =>
  (words) => {
    const [session = '', ...rest] = words
    if (session.trim() === '' || rest.length > 0)
      throw new UsageError(
        `${name} takes one session${rest.length > 0 ? `, not “${words.join(' ')}”` : ': an id, how one begins, or last'}`,
      )
    return { session }
  }

/** The same, `last` where none is named. */
export const oneSession =
  (name: string): ReadSession =>
  (words) =>
    namedSession(name)(words.length === 0 ? ['last'] : words)

export const whichNamed = 'ID may be the beginning of an id; last is the newest session of this folder'
export const whichSession = 'ID may be the beginning of an id; last, or no ID, is the newest session of this folder'
