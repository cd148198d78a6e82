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
    only: computed(() => share.value?.rowIds ?? marks.value.chosenRows),
    titlesOf: ({ row }) => marks.value.titles.get(row.id) ?? none,
    isFound: ({ row }) => marks.value.titles.has(row.id),
  }
}
