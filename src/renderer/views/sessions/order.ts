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
 * session is not in the list stands alone. In steps, since a list may be long.
 */
export function* arranging(
  sessions: readonly SessionInList[],
  sort: Sort,
  open: ReadonlySet<string>,
): Generator<void, readonly ListedSession[]> {
  const ids = new Set<string>()
  for (const some of runsOf(sessions)) {
    for (const { id } of some) ids.add(id)
    yield
  }
  const below = new Map<string, SessionInList[]>()
  const roots: SessionInList[] = []
  for (const some of runsOf(sessions)) {
    for (const session of some) {
      const { parentId } = session
      const isBelow = parentId !== null && parentId !== session.id && ids.has(parentId)
      if (isBelow) below.set(parentId, [...(below.get(parentId) ?? []), session])
      else roots.push(session)
    }
    yield
  }
  const sorted = yield* sorting(roots, sort)
  const listed: ListedSession[] = []
  const add = (group: readonly SessionInList[], level: number, from = 0, to = group.length): void => {
    for (let index = from; index < to; index++) {
      const session = group[index]
      if (!session) return
      const helpers = below.get(session.id) ?? []
      listed.push({ session, level, position: index + 1, siblings: group.length, helpers: helpers.length })
      if (open.has(session.id))
        add(
          [...helpers].sort((a, b) => a.startedAtMs - b.startedAtMs),
          level + 1,
        )
    }
  }
  for (let from = 0; from < sorted.length; from += runLength) {
    add(sorted, 1, from, Math.min(sorted.length, from + runLength))
    yield
  }
  return listed
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
