import { watch } from 'vue'
import type { Status } from '../../contract/status.ts'
import type { Query } from '../data/use-query.ts'
import { useNotices } from './notices.ts'

/** Tells of each trouble once, and in the same notice how it ended. What was over before the page opened stands in Health. */
export function useTroubles({ data }: Query<Status>): void {
  const notices = useNotices()
  const told = new Map<number, number | null>()
  let isFirst = true
  watch(data, (status) => {
    if (!status) return
    for (const { id, words, endedMs } of status.troubles.toReversed()) {
      const notice = told.get(id)
      if (notice === undefined) told.set(id, isFirst && endedMs !== null ? null : notices.say(words))
      else if (notice !== null) notices.change(notice, words)
    }
    isFirst = false
  })
}
