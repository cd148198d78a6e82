import Database from 'better-sqlite3'

/** Why the disk does not take what is to be stored, in words; null where it is not the disk's fault. */
export function diskTrouble(error: unknown): string | null {
  if (!(error instanceof Database.SqliteError)) return null
  const { code } = error
  if (code === 'SQLITE_FULL') return 'The disk is full.'
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM')
    return `The database cannot be written: the file, its folder or the disk is read-only or gone (${code}).`
  if (code.startsWith('SQLITE_IOERR')) return `The disk refuses writes (${code}).`
  return null
}
