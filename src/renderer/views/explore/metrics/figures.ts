import type { ParsedParams, Value } from '../../../../contract/index.ts'

export type Aggregation = ParsedParams<'explore.metric'>['aggregation']
export type Metric = Value<'explore.metricNames'>['metrics'][number]
type Point = Value<'explore.metric'>['points'][number]

export const aggregations: readonly { readonly id: Aggregation; readonly name: string }[] = [
  { id: 'sum', name: 'Sum' },
  { id: 'count', name: 'Count of values' },
  { id: 'mean', name: 'Mean' },
  { id: 'min', name: 'Minimum' },
  { id: 'max', name: 'Maximum' },
  { id: 'p50', name: 'Median' },
  { id: 'p95', name: '95th percentile' },
]

/** What a kind can say: a counter has no spread, and a gauge's values do not add up. */
export function aggregationsOf({ kind }: Pick<Metric, 'kind'>): readonly Aggregation[] {
  if (kind === 'sum') return ['sum', 'count']
  if (kind === 'gauge') return ['mean', 'min', 'max', 'count']
  return ['p95', 'p50', 'mean', 'min', 'max', 'count', 'sum']
}

/** Amounts that add up over time and groups stand on each other; measured values are lines. */
export const addsUp = (aggregation: Aggregation): boolean => aggregation === 'sum' || aggregation === 'count'

/** A unit of the charts for one of UCUM, as OTLP names them, and what a value is multiplied by. */
export function chartUnit(unit: string): { readonly unit: 'ms' | 'count'; readonly factor: number } {
  if (unit === 'ms') return { unit: 'ms', factor: 1 }
  if (unit === 's') return { unit: 'ms', factor: 1000 }
  return { unit: 'count', factor: 1 }
}

/** How a unit reads beside a figure; curly brackets are notes in UCUM, and 1 is no unit. */
export function unitName(unit: string): string {
  return unit === '1' ? '' : unit.replace(/^\{(.*)\}$/, '$1')
}

export interface GroupFigures {
  readonly group: string
  readonly total: number
  readonly least: number
  readonly most: number
  readonly latest: number
  readonly buckets: number
}

/** What each group's points come to; the largest first. Points are in order of time. */
export function groupFigures(points: readonly Point[]): readonly GroupFigures[] {
  const groups = new Map<string, number[]>()
  for (const { group, value } of points) {
    const values = groups.get(group)
    if (values) values.push(value)
    else groups.set(group, [value])
  }
  return [...groups]
    .map(([group, values]) => ({
      group,
      total: values.reduce((sum, value) => sum + value, 0),
      least: values.reduce((a, b) => Math.min(a, b), Infinity),
      most: values.reduce((a, b) => Math.max(a, b), -Infinity),
      latest: values.at(-1) ?? 0,
      buckets: values.length,
    }))
    .sort((a, b) => b.total - a.total)
}
