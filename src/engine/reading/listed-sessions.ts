import type { ParsedParams } from '../../contract/index.ts'
import type { CommandResults } from '../../contract/commands.ts'
import { defaultSilenceMs } from '../../model/session/state.ts'
import { sessionList } from '../queries/session-list.ts'
import type { Db } from '../store/database.ts'
import { projectsAt } from './projects-at.ts'

export interface SessionsAsked {
  /** Those that did anything since; null: whenever. */
  readonly fromMs: number | null
  /** Of the projects of the sessions that worked in this folder or below it; null: of all. */
  readonly folder: string | null
  readonly helpers: boolean
  readonly limit: number
  /** As the page looks for them; empty: none. */
  readonly words: string
}

/** `session.list` for it, wherever the sessions are; `projects` are those of the folder. */
export function listParams(
  { fromMs, helpers, limit, words }: SessionsAsked,
  projects: readonly string[] | null,
): ParsedParams<'session.list'> {
  return {
    helpers,
    limit,
    offset: 0,
    ...(words === '' ? {} : { search: words }),
    ...(fromMs === null ? {} : { fromMs }),
    ...(projects === null ? {} : { filters: { project: [...projects], helpers } }),
  }
}

/** The newest sessions, at one moment of the database. */
export function listedSessions(db: Db, asked: SessionsAsked): CommandResults['sessions'] {
  return db.transaction(() => {
    const projects = asked.folder === null ? null : projectsAt(db, asked.folder)
    if (projects?.length === 0) return { sessions: [], total: 0 }
    return sessionList(db, listParams(asked, projects), defaultSilenceMs)
  })()
}

/** How many there are of other applications, of which the list has none. */
export function sessionsOfApps(db: Db): number {
  return sessionList(db, { apps: 'genai', helpers: false, limit: 1, offset: 0 }, defaultSilenceMs).total
}
