import { ProcedureError } from '../../contract/result.ts'
import type { RecordReader } from '../queries/records.ts'

/** A record whole, by the place that a list named. */
export function recordOf(records: RecordReader, ref: string): { record: unknown } {
  const [, signal, body, at] = /^(log|span):(\d{1,15}):(\d{1,15})$/.exec(ref) ?? []
  if (signal === undefined) throw new ProcedureError('bad_request', 'ref: not a place that a list named')
  const place = [Number(body), Number(at)] as const
  return { record: signal === 'log' ? records.log(...place) : records.span(...place) }
}
