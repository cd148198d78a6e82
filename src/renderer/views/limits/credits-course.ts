import type { Value } from '../../../contract/index.ts'
import type { TimeData } from '../../charts/series.ts'
import { drawnEdges, type Drawn } from './window-course.ts'

type Points = Value<'limit.list'>['credits'][number]['points']

/** The balance of credits at the end of each stretch, from the first note of the range to the present. */
export function creditsCourse(points: Points, drawn: Drawn, nowMs: number): TimeData {
  const edges = drawnEdges(drawn)
  let next = 0
  let balance: number | null = null
  const values = edges.slice(0, -1).map((startMs, at) => {
    for (let point = points[next]; point !== undefined && point.atMs < (edges[at + 1] ?? 0); point = points[++next])
      balance = point.balance
    return startMs <= nowMs ? balance : null
  })
  return { shape: 'line', isFilled: true, edges, series: [{ name: 'balance', tone: 'tool', values }] }
}
