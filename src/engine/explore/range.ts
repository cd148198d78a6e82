import { ProcedureError } from '../../contract/result.ts'

/** Unix milliseconds, [from, to). */
interface Range {
  readonly fromMs: number
  readonly toMs: number
}

export function refuseReversed({ fromMs, toMs }: Range): void {
  if (!(fromMs < toMs)) throw new ProcedureError('bad_request', 'the range ends before it begins')
}

/** The same in nanoseconds, with the whole of the milliseconds that it begins and ends in. */
export function nanosecondsOf(range: Range): { readonly from: bigint; readonly to: bigint } {
  refuseReversed(range)
  return {
    from: BigInt(Math.floor(range.fromMs)) * 1_000_000n,
    to: BigInt(Math.ceil(range.toMs)) * 1_000_000n,
  }
}
