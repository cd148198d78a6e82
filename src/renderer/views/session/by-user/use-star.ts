import type { SessionSummary } from '../../../../model/session/summary.ts'
import { useAction } from '../../../data/use-action.ts'

/** Stars a session, or takes its star away. */
export function useStar(): (session: SessionSummary) => void {
  const marking = useAction('session.mark')
  return ({ id, byUser }) => void marking.run({ id, starred: !byUser.starred })
}
