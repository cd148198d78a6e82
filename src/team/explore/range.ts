import { refuseReversed } from '../../engine/explore/range.ts'
import type { Range } from '../mirror/facts-source.ts'
import { nanoseconds, type Bounds } from '../records/bounds.ts'

/** A range in nanoseconds, both ends included. */
export function rangeNs(range: Range): Bounds {
  refuseReversed(range)
  return { fromNs: nanoseconds(Math.floor(range.fromMs)), toNs: nanoseconds(Math.ceil(range.toMs)) - 1n }
}
