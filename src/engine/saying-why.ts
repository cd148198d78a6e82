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

/** What a person is told of an error. The system's own words for a write that failed begin with a code, and name no place. */
export function toldOf(error: unknown): string {
  if (!isOfSystem(error) || !ofWriting.has(error.code)) return error instanceof Error ? error.message : String(error)
  if (!error.message.startsWith(error.code)) return error.message
  const place = 'path' in error && typeof error.path === 'string' ? `${error.path}: ` : ''
  return `${place}${reasons[error.code] ?? error.message}`
}

/** Why nothing can listen at an address, in words where they are known. */
export function whyNoListening(error: unknown): string {
  const known = isOfSystem(error) ? ofListening[error.code] : undefined
  return known ?? (error instanceof Error ? error.message : String(error))
}

const ofWriting = new Set(['ENOSPC', 'EDQUOT', 'EROFS'])

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

const noSuchName = 'no machine of this name is known'
const noSuchAddress = 'this machine has no such address'

const ofListening: Partial<Record<string, string>> = {
  ENOTFOUND: noSuchName,
  EAI_AGAIN: noSuchName,
  EADDRNOTAVAIL: noSuchAddress,
  EAFNOSUPPORT: noSuchAddress,
  // Ports below 1024 are the system's on many machines.
  EACCES: 'your user may not listen on this port',
  EPERM: 'your user may not listen on this port',
}
