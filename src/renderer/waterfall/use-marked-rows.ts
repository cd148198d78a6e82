import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useFindingMarks } from '../views/session/findings/finding-marks.ts'
import { useShareFilter } from '../views/session/share-filter.ts'
import type { Line } from './lines.ts'

export interface MarkedRows {
  /** What alone shows: the rows of the share or of the finding that somebody looks at. */
  readonly only: ComputedRef<ReadonlySet<string> | null>
  /** The titles of the findings that name a row. */
  readonly titlesOf: (line: Line) => readonly string[]
  readonly isFound: (line: Line) => boolean
}

const none: readonly string[] = []

export function useMarkedRows(): MarkedRows {
  const share = useShareFilter()
  const marks = useFindingMarks()
  return {
    // A share that lies between the rows (a start-up, pauses) leaves all of them: without them nothing would tell where.
    only: computed(() => {
      if (share.value === null) return marks.value.chosenRows
      return share.value.rowIds.size === 0 ? null : share.value.rowIds
    }),
    titlesOf: ({ row }) => marks.value.titles.get(row.id) ?? none,
    isFound: ({ row }) => marks.value.titles.has(row.id),
  }
}
