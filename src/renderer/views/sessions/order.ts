import type { Sort } from '../../parts/table/column.ts'
import { columnById, type SessionInList } from './columns.ts'

export const newestFirst: Sort = { column: 'started', descending: true }

/** `duration` and `-duration`, as the address keeps it. */
export function parseSort(text: unknown): Sort {
  if (typeof text !== 'string') return newestFirst
  const descending = text.startsWith('-')
  const column = descending ? text.slice(1) : text
  return columnById(column) ? { column, descending } : newestFirst
}

export function formatSort({ column, descending }: Sort): string {
  return descending ? `-${column}` : column
}

export interface ListedSession {
  readonly session: SessionInList
  readonly level: number
  readonly position: number
  readonly siblings: number
  /** Helpers right below it, shown or not. */
  readonly helpers: number
}

/**
 * The sessions in order, helpers below the session that started them and in the order of their start. A helper whose
 * session is not in the list stands alone.
 */
export function arrange(
  sessions: readonly SessionInList[],
  sort: Sort,
  open: ReadonlySet<string>,
): readonly ListedSession[] {
  const ids = new Set(sessions.map(({ id }) => id))
  const below = new Map<string, SessionInList[]>()
  const roots: SessionInList[] = []
  for (const session of sessions) {
    const { parentId } = session
    if (parentId === null || parentId === session.id || !ids.has(parentId)) roots.push(session)
    else below.set(parentId, [...(below.get(parentId) ?? []), session])
  }
  const listed: ListedSession[] = []
  const add = (group: readonly SessionInList[], level: number): void => {
    for (const [index, session] of group.entries()) {
      const helpers = below.get(session.id) ?? []
      listed.push({ session, level, position: index + 1, siblings: group.length, helpers: helpers.length })
      if (open.has(session.id))
        add(
          [...helpers].sort((a, b) => a.startedAtMs - b.startedAtMs),
          level + 1,
        )
    }
  }
  add(sortSessions(roots, sort), 1)
  return listed
}

function sortSessions(sessions: readonly SessionInList[], { column, descending }: Sort): readonly SessionInList[] {
  const key = columnById(column)?.key
  if (!key) return sessions
  const direction = descending ? -1 : 1
  return [...sessions].sort((a, b) => {
    const [left, right] = [key(a), key(b)]
    if (left === right) return b.startedAtMs - a.startedAtMs
    return left < right ? -direction : direction
  })
}
