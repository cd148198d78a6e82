import { noAttributes, type Attributes } from '../../../model/attributes.ts'
import { readKeyValue } from './attributes.ts'
import type { Cursor } from './cursor.ts'
import { eachRecord, type Sender } from './resource.ts'

export type MetricKind = 'gauge' | 'sum' | 'histogram' | 'exponential_histogram' | 'summary'

export interface MetricPoint {
  /** Since when it counts; 0 where nobody says. */
  readonly startNs: bigint
  readonly timeNs: bigint
  readonly attributes: Attributes
  /** Of a gauge or sum 1; of the others how many values the point stands for. */
  readonly count: number
  /** Of a gauge or sum its value. */
  readonly sum: number
  readonly min: number | null
  readonly max: number | null
  /** Explicit-bounds histograms only: one count more than there are bounds. */
  readonly buckets: readonly number[]
  readonly bounds: readonly number[]
}

export interface MetricView {
  /** Place of the metric's length prefix in the body. */
  readonly at: number
  readonly name: string
  readonly unit: string
  readonly kind: MetricKind
  /** 0 unspecified, 1 delta, 2 cumulative. */
  readonly temporality: number
  /** Only of a sum: it never falls. */
  readonly monotonic: boolean
  readonly points: readonly MetricPoint[]
  /** It has something in it of which nothing is known. */
  readonly hasUnknown: boolean
}

/** Calls `visit` for each metric of an ExportMetricsServiceRequest, in order. Throws MalformedBody. */
export function eachMetric(bytes: Uint8Array, visit: (metric: MetricView, sender: Sender) => void): void {
  eachRecord(bytes, (cursor, sender) => {
    visit(readMetric(cursor), sender)
  })
}

/** Field of `Metric.data` → kind, and where its data points keep what differs between the kinds. */
const kinds = new Map<number, MetricKind>([
  [5, 'gauge'],
  [7, 'sum'],
  [9, 'histogram'],
  [10, 'exponential_histogram'],
  [11, 'summary'],
])

const description = 18
const metadata = 98

function readMetric(cursor: Cursor): MetricView {
  const at = cursor.position
  const outerEnd = cursor.end
  const end = cursor.length() + cursor.position
  cursor.end = end
  let name = ''
  let unit = ''
  let kind: MetricKind = 'gauge'
  let temporality = 0
  let monotonic = false
  let hasUnknown = false
  const points: MetricPoint[] = []
  while (cursor.position < end) {
    const tag = cursor.tag()
    const data = (tag & 7) === 2 ? kinds.get(tag >>> 3) : undefined
    if (tag === 10) name = cursor.text()
    else if (tag === 26) unit = cursor.text()
    else if (data === undefined) {
      hasUnknown ||= tag !== description && tag !== metadata
      cursor.skip(tag & 7)
    } else {
      kind = data
      const said = readData(cursor, kind, points)
      temporality = said.temporality
      monotonic = said.monotonic
    }
  }
  cursor.end = outerEnd
  return { at, name, unit, kind, temporality, monotonic, points, hasUnknown }
}

/** Points are field 1 of every kind, the temporality field 2, and of a sum whether it never falls field 3. */
function readData(
  cursor: Cursor,
  kind: MetricKind,
  points: MetricPoint[],
): { temporality: number; monotonic: boolean } {
  const end = cursor.length() + cursor.position
  let temporality = 0
  let monotonic = false
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 10) points.push(kind === 'gauge' || kind === 'sum' ? readNumberPoint(cursor) : readPoint(cursor, kind))
    else if (tag === 16) temporality = cursor.varint()
    else if (tag === 24) monotonic = cursor.varint() !== 0
    else cursor.skip(tag & 7)
  }
  return { temporality, monotonic }
}

function readNumberPoint(cursor: Cursor): MetricPoint {
  const end = cursor.length() + cursor.position
  const attributes = noAttributes()
  let startNs = 0n
  let timeNs = 0n
  let value = 0
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 17) startNs = cursor.fixed64()
    else if (tag === 25) timeNs = cursor.fixed64()
    else if (tag === 33) value = cursor.double()
    else if (tag === 49) value = Number(BigInt.asIntN(64, cursor.fixed64()))
    else if (tag === 58) readKeyValue(cursor, attributes)
    else cursor.skip(tag & 7)
  }
  return { startNs, timeNs, attributes, count: 1, sum: value, min: value, max: value, buckets: [], bounds: [] }
}

interface PointFields {
  readonly attributes: number
  readonly min: number
  readonly max: number
}

/** Tags of the fields whose numbers differ between the three kinds; 0: the kind has none. */
const pointFields: Record<Exclude<MetricKind, 'gauge' | 'sum'>, PointFields> = {
  histogram: { attributes: 74, min: 89, max: 97 },
  exponential_histogram: { attributes: 10, min: 97, max: 105 },
  summary: { attributes: 58, min: 0, max: 0 },
}

function readPoint(cursor: Cursor, kind: Exclude<MetricKind, 'gauge' | 'sum'>): MetricPoint {
  const fields = pointFields[kind]
  const end = cursor.length() + cursor.position
  const attributes = noAttributes()
  let startNs = 0n
  let timeNs = 0n
  let count = 0
  let sum = 0
  let min: number | null = null
  let max: number | null = null
  let buckets: number[] = []
  let bounds: number[] = []
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 17) startNs = cursor.fixed64()
    else if (tag === 25) timeNs = cursor.fixed64()
    else if (tag === 33) count = Number(cursor.fixed64())
    else if (tag === 41) sum = cursor.double()
    else if (tag === fields.attributes) readKeyValue(cursor, attributes)
    else if (tag === fields.min) min = cursor.double()
    else if (tag === fields.max) max = cursor.double()
    else if (tag === 50 && kind === 'histogram') buckets = readPacked(cursor, () => Number(cursor.fixed64()))
    else if (tag === 58 && kind === 'histogram') bounds = readPacked(cursor, () => cursor.double())
    else cursor.skip(tag & 7)
  }
  return { startNs, timeNs, attributes, count, sum, min, max, buckets, bounds }
}

function readPacked(cursor: Cursor, read: () => number): number[] {
  const end = cursor.length() + cursor.position
  const values: number[] = []
  while (cursor.position < end) values.push(read())
  return values
}
