import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Db } from '../store/database.ts'

export type FindingProcedure = 'finding.dismiss' | 'finding.restore' | 'finding.fixed'

type Handlers = { [N in FindingProcedure]: (params: ParsedParams<N>) => Value<N> }

/** What the user says of findings. */
export function findingHandlers(db: Db): Handlers {
  const dismiss = db.prepare(
    'INSERT INTO finding_dismissal (session_id, kind, subject, at_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const restore = db.prepare('DELETE FROM finding_dismissal WHERE session_id = ? AND kind = ? AND subject = ?')
  const fixed = db.prepare(
    `INSERT INTO finding_fix (kind, subject, at_ms) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms`,
  )
  const undone = db.prepare('DELETE FROM finding_fix WHERE kind = ? AND subject = ?')
  return {
    'finding.dismiss': ({ sessionId = '', kind, subject }) => {
      dismiss.run(sessionId, kind, subject, Date.now())
      return {}
    },
    'finding.restore': ({ sessionId = '', kind, subject }) => {
      restore.run(sessionId, kind, subject)
      return {}
    },
    'finding.fixed': ({ kind, subject, undone: isUndone }) => {
      if (isUndone) undone.run(kind, subject)
      else fixed.run(kind, subject, Date.now())
      return {}
    },
  }
}
