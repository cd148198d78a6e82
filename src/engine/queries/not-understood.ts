import type { NewNames } from '../../contract/health.ts'
import type { Db } from '../store/database.ts'
import { signalsByNumber } from '../store/signal-numbers.ts'

const most = 100

interface MisreadRow {
  service: string
  version: string
  signal: number
  name: string
  key: string
  records: number
  lastMs: number
}

/** Senders of sessions of which no record was understood, then values that were meant to be counts; latest first. */
export function notUnderstood(db: Db): NewNames['notUnderstood'] {
  const senders = db
    .prepare<[], { service: string; version: string; sessions: number; lastMs: number; sessionId: string }>(
      `SELECT coalesce(service, '') AS service, coalesce(app_version, '') AS version, count(*) AS sessions,
         max(last_ns) / 1e6 AS lastMs, id AS sessionId
       FROM session WHERE understood = 0 AND kind <> 'app' AND witness <> 'file' GROUP BY 1, 2 ORDER BY lastMs DESC LIMIT ${most}`,
    )
    .all()
  const values = db
    .prepare<[], MisreadRow>(
      `SELECT service, version, signal, name, key, records, last_ns / 1e6 AS lastMs
       FROM misread JOIN client ON client.id = misread.client ORDER BY last_ns DESC, name, key LIMIT ${most}`,
    )
    .all()
  return {
    senders,
    values: values.flatMap(({ signal: number, ...row }) => {
      const of = signalsByNumber.get(number)
      return of === undefined ? [] : [{ ...row, signal: of }]
    }),
  }
}
