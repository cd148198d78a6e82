import { ProcedureError } from '../../contract/result.ts'
import { bucketEdges, bucketFor, mostBuckets } from '../../model/panels/buckets.ts'
import { ownZone } from '../../model/panels/zone.ts'

interface Asked {
  readonly fromMs: number
  readonly toMs: number
  readonly bucketMs?: number | undefined
  readonly zone?: string | undefined
}

/** How a question over time is cut into buckets, in the zone of who asks, or else in that of this machine. */
export interface Buckets {
  readonly bucketMs: number
  readonly edgesMs: number[]
}

/** All panels of a dashboard ask for the same range. */
let last: { readonly key: string; readonly buckets: Buckets } | null = null

export function bucketsOf({ fromMs, toMs, bucketMs = bucketFor(fromMs, toMs), zone = ownZone() }: Asked): Buckets {
  if ((toMs - fromMs) / bucketMs > mostBuckets)
    throw new ProcedureError('bad_request', `more than ${mostBuckets} buckets: bucketMs must be wider for this range`)
  const key = [fromMs, toMs, bucketMs, zone].join(' ')
  if (last?.key !== key) last = { key, buckets: { bucketMs, edgesMs: bucketEdges({ fromMs, toMs, bucketMs, zone }) } }
  return last.buckets
}
