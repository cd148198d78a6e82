import { repositoryName } from '../../model/codex/repository.ts'
import type { Db } from '../store/database.ts'

/** What the session file said first of where a session began. */
const said = (column: 'repository' | 'branch', id: string): string =>
  `(SELECT ${column} FROM rollout_thread WHERE session_id = ${id} AND coalesce(repository, branch, git_commit) NOT NULL
    ORDER BY at_ms, rollout_id LIMIT 1)`

/** As SQL over `session`; what a helper does not say itself, the session above it does. */
export const branchSql = `coalesce(${said('branch', 'session.id')}, ${said('branch', 'session.parent_id')}, '')`
/** The address of a repository, else the folder, as `projectOf` has it. */
export const placeSql = `coalesce(${said('repository', 'session.id')}, ${said('repository', 'session.parent_id')}, session.folder, '')`

/** All that `placeSql` may say of repositories (by their names) and folders, as JSON: a repository is reached by several addresses. */
export function placesOf(db: Db, names: readonly string[]): string {
  const sought = new Set(names)
  return JSON.stringify([...names, ...addresses(db).filter((address) => sought.has(repositoryName(address)))])
}

/** What a place is called: a repository by its name, a folder as it is. */
export function placeNames(db: Db): (place: string) => string {
  const known = new Set(addresses(db))
  return (place) => (known.has(place) ? repositoryName(place) : place)
}

function addresses(db: Db): readonly string[] {
  return db
    .prepare<[], string>('SELECT DISTINCT repository FROM rollout_thread WHERE repository NOT NULL')
    .pluck()
    .all()
}
