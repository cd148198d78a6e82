/** What the system says where nothing can be made or written, in words for whoever chose the place. */
export function whyUnwritable(error: NodeJS.ErrnoException): string {
  return reasons[error.code ?? ''] ?? error.message
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
