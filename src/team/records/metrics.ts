import type { MetricTable, RawTable } from './generation.ts'
import type { SentBy } from './request.ts'
import { restoreAttributes, type StoredAttributes } from './restore.ts'
import { allAttributes, attributesAsText } from './spelling.ts'

export interface MetricRow extends SentBy {
  readonly name: string
  readonly unit: string
  readonly startNs: string
  readonly timeNs: string
  readonly attributes: StoredAttributes
  readonly value: number
  readonly temporality: number
  readonly monotonic: boolean
  readonly count: string
  readonly sum: number
  readonly min: number
  readonly max: number
  readonly buckets: readonly string[]
  readonly bounds: readonly number[]
}

const own: Readonly<Record<MetricTable, string>> = {
  gauge: 'Value AS value',
  sum: 'Value AS value, AggregationTemporality AS temporality, IsMonotonic AS monotonic',
  histogram: `AggregationTemporality AS temporality, toString(Count) AS count, Sum AS sum, Min AS min, Max AS max,
    arrayMap(n -> toString(n), BucketCounts) AS buckets, ExplicitBounds AS bounds`,
}

/** Since 2025 the tables hold whole seconds: nothing finer can be had from them. */
export function metricColumns(kind: MetricTable, table: RawTable): string {
  const ns = (column: string): string => `toString(toUnixTimestamp64Nano(toDateTime64(${column}, 9)))`
  return `MetricName AS name, MetricUnit AS unit, ${ns('StartTimeUnix')} AS startNs, ${ns('TimeUnix')} AS timeNs,
    ScopeName AS scope, ScopeVersion AS scopeVersion, ${allAttributes(table, 'Attributes')} AS attributes,
    ${attributesAsText(table, 'ResourceAttributes')} AS resource, ${own[kind]}`
}

export function metricRecord(kind: MetricTable, row: MetricRow): object {
  const { temporality: aggregationTemporality, monotonic: isMonotonic } = row
  const point = {
    attributes: restoreAttributes(row.attributes),
    startTimeUnixNano: row.startNs,
    timeUnixNano: row.timeNs,
    ...(kind === 'histogram'
      ? {
          ...{ count: row.count, sum: row.sum, min: row.min, max: row.max },
          ...{ bucketCounts: row.buckets, explicitBounds: row.bounds },
        }
      : { asDouble: row.value }),
  }
  const data = { dataPoints: [point], ...(kind === 'gauge' ? {} : { aggregationTemporality }) }
  return { name: row.name, unit: row.unit, [kind]: kind === 'sum' ? { ...data, isMonotonic } : data }
}
