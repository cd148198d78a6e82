import { sessionName } from '../../../model/session/name.ts'
import { counted } from '../../format/number.ts'
import { kindName } from '../../format/text.ts'
import type { ListedSession } from './arranged.ts'

/** A session's name and all that stands beside it, of which a narrow column shows what has room. */
export function wholeTitle({ session, helpers }: ListedSession): string {
  const beside = [
    ...session.byUser.tags,
    session.kind === 'user' ? '' : kindName(session.kind),
    session.sample ? 'sample' : '',
    helpers > 0 ? counted(helpers, 'helper') : '',
  ]
  return [sessionName(session), ...beside].filter((words) => words !== '').join(' · ')
}
