import type { Db } from '../store/database.ts'

/** The size of a file that was not read to its end: none that it can have, so that it is looked at again. */
export const notWhole = -1

/** A file as it was when it was last read. */
export interface KnownFile {
  readonly rolloutId: string
  readonly home: string
  readonly path: string
  readonly archived: number
  readonly bytes: number
  readonly modifiedMs: number
  readonly inode: number
  readonly head: string
  readonly readTo: number
  readonly state: string
  readonly problems: number
  readonly gone: number
}

export type KnownFiles = ReadonlyMap<string, KnownFile>

export function knownFilesReader(db: Db): () => KnownFiles {
  const rows = db.prepare<[], KnownFile>(
    `SELECT rollout_id AS rolloutId, home, path, archived, bytes, modified_ms AS modifiedMs, inode, head, read_to AS readTo, state,
       problems, gone FROM rollout_file`,
  )
  return () => new Map(rows.all().map((row) => [row.rolloutId, row]))
}
