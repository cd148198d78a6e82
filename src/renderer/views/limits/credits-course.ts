import type { Value } from '../../../contract/index.ts'
import { bucketEdges, bucketFor } from '../../../model/panels/buckets.ts'
import { ownZone } from '../../../model/panels/zone.ts'
import type { TimeData } from '../../charts/series.ts'
import type { Bounds } from '../../range/range.ts'

type Points = Value<'limit.list'>['credits'][number]['points']

/** As many buckets as the chart of a window has. */
const finer = 4

/** The balance of credits at the end of each stretch, from the first note of the range to the present. */
export function creditsCourse(points: Points, { fromMs, toMs }: Bounds, nowMs: number): TimeData {
  const bucketMs = bucketFor(0, (toMs - fromMs) / finer)
  const edges = bucketEdges({ fromMs, toMs, bucketMs, zone: ownZone() })
  let next = 0
  let balance: number | null = null
  const values = edges.slice(0, -1).map((startMs, at) => {
    for (let point = points[next]; point !== undefined && point.atMs < (edges[at + 1] ?? 0); point = points[++next])
      balance = point.balance
    return startMs <= nowMs ? balance : null
  })
  return { shape: 'line', isFilled: true, edges, series: [{ name: 'balance', tone: 'tool', values }] }
}
