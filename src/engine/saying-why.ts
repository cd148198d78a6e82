/** Does what makes or writes something. Where the system refuses, that is thrown as `what` with the reason in words, and the system's code. */
export function sayingWhy<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!isOfSystem(error)) throw error
    throw Object.assign(new Error(`${what}: ${reasons[error.code] ?? error.message}`, { cause: error }), {
      code: error.code,
    })
  }
}

function isOfSystem(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

const mayNot = 'your user may not write there'

const reasons: Partial<Record<string, string>> = {
  EACCES: mayNot,
  EPERM: mayNot,
  EROFS: 'that disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'the path leads through links that lead to each other',
  // Such as below /proc; what is missing above it has been made.
  ENOENT: 'the system lets nobody make anything there',
}
