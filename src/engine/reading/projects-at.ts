import { sep } from 'node:path'
import type { Db } from '../store/database.ts'

/** The projects (a repository, else a folder) of all sessions that worked in a folder or below it. */
export function projectsAt(db: Db, folder: string): readonly string[] {
  return db
    .prepare<object, string>(
      `SELECT DISTINCT project FROM session JOIN dimension ON dimension.id = session.dimension
       WHERE folder = @folder OR substr(folder, 1, length(@below)) = @below`,
    )
    .pluck()
    .all({ folder, below: folder.endsWith(sep) ? folder : folder + sep })
}
