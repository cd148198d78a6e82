import type { Db } from '../store/database.ts'

/** Whether the user has said that a finding is no problem, of one session (`''`: only of all of them). */
export function dismissalReader(db: Db): (sessionId: string, kind: string, subject: string) => boolean {
  const keys = db
    .prepare<[], string>('SELECT json_array(session_id, kind, subject) FROM finding_dismissal')
    .pluck()
    .all()
  const known = new Set(keys)
  if (known.size === 0) return () => false
  return (sessionId, kind, subject) =>
    known.has(JSON.stringify(['', kind, subject])) || known.has(JSON.stringify([sessionId, kind, subject]))
}
