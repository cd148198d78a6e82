import { ProcedureError } from '../../contract/result.ts'
import { latestNs, type Bounds } from '../records/bounds.ts'

/** Unix milliseconds, [from, to). */
export interface AskedRange {
  readonly fromMs: number
  readonly toMs: number
}

/** The same in nanoseconds, both ends included. */
export function rangeNs({ fromMs, toMs }: AskedRange): Bounds {
  if (!(fromMs < toMs)) throw new ProcedureError('bad_request', 'the range ends before it begins')
  return { fromNs: nanoseconds(Math.floor(fromMs)), toNs: nanoseconds(Math.ceil(toMs)) - 1n }
}

function nanoseconds(ms: number): bigint {
  const ns = BigInt(Math.max(0, ms)) * 1_000_000n
  return ns > latestNs ? latestNs : ns
}
