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

/** The same of sessions that are at hand. */
export function projectsAmong(
  sessions: readonly { readonly folder: string | null }[],
  folder: string,
): readonly string[] {
  const below = folder.endsWith(sep) ? folder : folder + sep
  const folders = sessions.flatMap((session) => session.folder ?? [])
  return [...new Set(folders.filter((one) => one === folder || one.startsWith(below)))].toSorted()
}
