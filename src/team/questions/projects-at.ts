import { sep } from 'node:path'
import type { TeamReader } from '../connection.ts'

/** As `engine/reading/projects-at.ts` says it; a project is a folder where no address of a repository is known, and here none is. */
export async function projectsAt(facts: TeamReader, folder: string): Promise<readonly string[]> {
  const below = folder.endsWith(sep) ? folder : folder + sep
  const rows = await facts.rows<{ project: string }>(
    `SELECT DISTINCT assumeNotNull(folder) AS project FROM colophon_sessions FINAL
     WHERE folder = {folder:String} OR startsWith(folder, {below:String}) ORDER BY project`,
    { folder, below },
  )
  return rows.map(({ project }) => project)
}
