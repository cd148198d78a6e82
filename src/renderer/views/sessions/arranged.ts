import type { Rows } from '../../parts/table/column.ts'
import type { SessionInList } from './columns.ts'
import type { Places } from './stretches.ts'

export interface ListedSession {
  readonly session: SessionInList
  readonly level: number
  readonly position: number
  readonly siblings: number
  /** Helpers right below it, shown or not. */
  readonly helpers: number
  /** Where it stands in the list that is read; a helper, where what it is shown below does. */
  readonly place: number
}

/** Rows of sessions that have not been read: places of the list, from the row where they begin. */
export interface Gap extends Places {
  readonly row: number
}

/** The rows of a list: those that can be shown, and the gaps between them in the order of the rows. */
export interface Arranged extends Rows<ListedSession> {
  readonly listed: readonly ListedSession[]
  readonly gaps: readonly Gap[]
  readonly rowOf: (id: string | null) => number
  /** Places in the list of what stands in these rows. */
  readonly placesOf: (first: number, end: number) => Places
}

/** `isOldestFirst`: the places go down with the rows. */
export function arrangedOf(listed: readonly ListedSession[], gaps: readonly Gap[], isOldestFirst: boolean): Arranged {
  const length = gaps.reduce((sum, { from, to }) => sum + to - from, listed.length)
  function at(index: number): ListedSession | undefined {
    let before = 0
    for (const { row, from, to } of gaps) {
      if (index < row) break
      if (index < row + to - from) return undefined
      before += to - from
    }
    return listed[index - before]
  }
  function placeOf(index: number): number | undefined {
    const gap = gaps.find(({ row, from, to }) => index >= row && index < row + to - from)
    if (!gap) return at(index)?.place
    return isOldestFirst ? gap.to - 1 - (index - gap.row) : gap.from + index - gap.row
  }
  return {
    ...{ length, listed, gaps, at },
    rowOf(id) {
      let index = listed.findIndex(({ session }) => session.id === id)
      if (index >= 0) for (const { row, from, to } of gaps) if (row <= index) index += to - from
      return index
    },
    placesOf(first, end) {
      const places = [placeOf(first), placeOf(end - 1)].filter((place) => place !== undefined)
      return places.length === 0 ? { from: 0, to: 0 } : { from: Math.min(...places), to: Math.max(...places) + 1 }
    },
  }
}
