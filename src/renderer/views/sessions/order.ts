import type { Sort } from '../../parts/table/column.ts'
import { arrangedOf, type Arranged, type Gap, type ListedSession } from './arranged.ts'
import { columnById, type SessionInList } from './columns.ts'
import type { Places } from './stretches.ts'

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

/** Whether rows stand as they are read, or the other way round: then not all of them need be known. */
export function isAsRead({ column }: Sort): boolean {
  return column === newestFirst.column
}

/**
 * The sessions in order, helpers below the session that started them and in the order of their start. A helper whose
 * session is not in the list stands alone. What is `unread` leaves gaps where rows stand as they are read. In steps, since a list may be long.
 */
export function* arranging(
  sessions: readonly SessionInList[],
  sort: Sort,
  open: ReadonlySet<string>,
  unread: readonly Places[] = [],
): Generator<void, Arranged> {
  const places = new Map<string, number>()
  let [place, gap] = [0, 0]
  for (const some of runsOf(sessions)) {
    for (const { id } of some) {
      for (; unread[gap]?.from === place; gap++) place = unread[gap]?.to ?? place
      places.set(id, place++)
    }
    yield
  }
  const below = new Map<string, SessionInList[]>()
  const roots: SessionInList[] = []
  for (const some of runsOf(sessions)) {
    for (const session of some) {
      const { parentId } = session
      const isBelow = parentId !== null && parentId !== session.id && places.has(parentId)
      if (isBelow) below.set(parentId, [...(below.get(parentId) ?? []), session])
      else roots.push(session)
    }
    yield
  }
  const sorted = yield* sorting(roots, sort)
  const isOldestFirst = isAsRead(sort) && !sort.descending
  const left = isOldestFirst ? [...unread].reverse() : [...unread]
  const listed: ListedSession[] = []
  const gaps: Gap[] = []
  let unreadRows = 0
  const siblings = unread.reduce((sum, { from, to }) => sum + to - from, sorted.length)
  const addGaps = (isBefore: (gap: Places) => boolean): void => {
    for (let next = left[0]; next && isBefore(next); next = left[0]) {
      left.shift()
      gaps.push({ ...next, row: listed.length + unreadRows })
      unreadRows += next.to - next.from
    }
  }
  const add = (session: SessionInList, at: Omit<ListedSession, 'session' | 'helpers'>): void => {
    const helpers = below.get(session.id) ?? []
    listed.push({ ...at, session, helpers: helpers.length })
    if (!open.has(session.id)) return
    const ordered = [...helpers].sort((a, b) => a.startedAtMs - b.startedAtMs)
    for (const [index, helper] of ordered.entries())
      add(helper, { level: at.level + 1, position: index + 1, siblings: ordered.length, place: at.place })
  }
  for (const some of runsOf([...sorted.entries()])) {
    for (const [index, session] of some) {
      const place = places.get(session.id) ?? 0
      addGaps((one) => (isOldestFirst ? one.from > place : one.to <= place))
      add(session, { level: 1, position: index + 1 + unreadRows, siblings, place })
    }
    yield
  }
  addGaps(() => true)
  return arrangedOf(listed, gaps, isOldestFirst)
}

/** Of so many sessions in one step. */
const runLength = 1000

function runsOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / runLength) }, (_, at) =>
    all.slice(at * runLength, (at + 1) * runLength),
  )
}

interface Keyed {
  readonly key: number | string
  readonly session: SessionInList
}

/** Runs of it are sorted one by one, and merged two by two. */
function* sorting(sessions: readonly SessionInList[], sort: Sort): Generator<void, readonly SessionInList[]> {
  const key = columnById(sort.column)?.key
  if (!key) return sessions
  const direction = sort.descending ? -1 : 1
  const compare = (a: Keyed, b: Keyed): number => {
    if (a.key === b.key) return b.session.startedAtMs - a.session.startedAtMs
    return a.key < b.key ? -direction : direction
  }
  let runs: Keyed[][] = []
  for (const some of runsOf(sessions)) {
    runs.push(some.map((session) => ({ key: key(session), session })).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const pairs: Keyed[][] = []
    for (let at = 0; at < runs.length; at += 2)
      pairs.push(yield* mergedRuns(runs[at] ?? [], runs[at + 1] ?? [], compare))
    runs = pairs
  }
  return (runs[0] ?? []).map(({ session }) => session)
}

function* mergedRuns(
  a: readonly Keyed[],
  b: readonly Keyed[],
  compare: (a: Keyed, b: Keyed) => number,
): Generator<void, Keyed[]> {
  const all: Keyed[] = []
  let [inA, inB] = [0, 0]
  for (;;) {
    const [left, right] = [a[inA], b[inB]]
    const next = left && (!right || compare(left, right) <= 0) ? left : right
    if (!next) return all
    if (next === left) inA += 1
    else inB += 1
    if (all.push(next) % runLength === 0) yield
  }
}
