import { watch } from 'vue'
import type { SessionSummary } from '../../../../model/session/summary.ts'
import { useAction } from '../../../data/use-action.ts'
import { useNotices } from '../../../frame/notices.ts'

/** Stars a session, or takes its star away; where that is refused, it is said, since the star alone would just stay as it was. */
export function useStar(): (session: SessionSummary) => void {
  const marking = useAction('session.mark')
  const notices = useNotices()
  watch(marking.failure, (failure) => {
    if (failure) notices.say(`The star could not be changed: ${failure.message}`)
  })
  return ({ id, byUser }) => void marking.run({ id, starred: !byUser.starred })
}
