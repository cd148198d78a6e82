/**
 * The tables as the Collector's ClickHouse exporter made them over time; it never alters one that is there, so each lives on somewhere.
 * Columns, keys and partitions are its own; codecs and indexes, which change no answer, are left out but one of each kind.
 */
export interface Generation {
  readonly attributes: 'map' | 'json'
  /** A column of seconds beside the nanoseconds, which is what the key holds. */
  readonly secondsColumn: boolean
  readonly eventName: boolean
  readonly metricTime: 'DateTime' | 'DateTime64(9)'
  readonly duration: 'Int64' | 'UInt64'
  /** `SPAN_KIND_CLIENT` and `STATUS_CODE_ERROR` before, `Client` and `Error` now. */
  readonly oldWords: boolean
}

const map150: Generation = {
  attributes: 'map',
  secondsColumn: true,
  eventName: true,
  metricTime: 'DateTime64(9)',
  duration: 'UInt64',
  oldWords: false,
}

export const generations = {
  legacy: { ...map150, eventName: false, duration: 'Int64', oldWords: true },
  'map-150': map150,
  'map-165': { ...map150, secondsColumn: false, metricTime: 'DateTime' },
  'json-165': { ...map150, attributes: 'json', secondsColumn: false, metricTime: 'DateTime' },
} as const satisfies Record<string, Generation>

export type GenerationName = keyof typeof generations

const low = 'LowCardinality(String)'
const map = `Map(${low}, String)`

function table(name: string, columns: readonly string[], key: string, partition: string): string {
  return `CREATE TABLE ${name} (${columns.join(', ')}) ENGINE = MergeTree PARTITION BY ${partition} ORDER BY ${key}`
}

/** The statements that make one generation's tables in a database of their own. */
export function tablesOf(name: GenerationName, database: string): readonly string[] {
  const generation: Generation = generations[name]
  const kinds = Object.keys(points) as (keyof typeof points)[]
  return [
    `CREATE DATABASE ${database}`,
    logs(generation, `${database}.otel_logs`),
    traces(generation, `${database}.otel_traces`),
    ...kinds.map((kind) => metrics(generation, kind, `${database}.otel_metrics_${kind}`)),
  ]
}

function attributeColumns(prefix: string, { attributes }: Generation): readonly string[] {
  if (attributes === 'map') return [`${prefix}Attributes ${map}`]
  return [`${prefix}Attributes JSON`, `${prefix}AttributesKeys Array(${low})`]
}

const logIndexes = [
  'INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1',
  'INDEX idx_log_attr_value mapValues(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1',
]

function logs(generation: Generation, name: string): string {
  const { secondsColumn, eventName, attributes } = generation
  const columns = [
    'Timestamp DateTime64(9)',
    ...(secondsColumn ? ['TimestampTime DateTime DEFAULT toDateTime(Timestamp)'] : []),
    ...['TraceId String', 'SpanId String', 'TraceFlags UInt8', `SeverityText ${low}`, 'SeverityNumber UInt8'],
    ...[`ServiceName ${low}`, 'Body String', `ResourceSchemaUrl ${low}`, ...attributeColumns('Resource', generation)],
    ...[`ScopeSchemaUrl ${low}`, 'ScopeName String', `ScopeVersion ${low}`, ...attributeColumns('Scope', generation)],
    ...attributeColumns('Log', generation),
    ...(eventName ? ['EventName String'] : []),
    ...(attributes === 'map' ? logIndexes : []),
  ]
  return secondsColumn
    ? table(name, columns, '(ServiceName, TimestampTime, Timestamp)', 'toDate(TimestampTime)')
    : table(name, columns, '(toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp)', 'toDate(Timestamp)')
}

function traces(generation: Generation, name: string): string {
  const bag = generation.attributes === 'map' ? map : 'JSON'
  const columns = [
    ...['Timestamp DateTime64(9)', 'TraceId String', 'SpanId String', 'ParentSpanId String', 'TraceState String'],
    ...[`SpanName ${low}`, `SpanKind ${low}`, `ServiceName ${low}`, ...attributeColumns('Resource', generation)],
    ...['ScopeName String', 'ScopeVersion String', ...attributeColumns('Span', generation)],
    ...[`Duration ${generation.duration}`, `StatusCode ${low}`, 'StatusMessage String'],
    `Events Nested (Timestamp DateTime64(9), Name ${low}, Attributes ${bag})`,
    `Links Nested (TraceId String, SpanId String, TraceState String, Attributes ${bag})`,
    ...(generation.attributes === 'map' ? ['INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1'] : []),
  ]
  return table(name, columns, '(ServiceName, SpanName, toDateTime(Timestamp))', 'toDate(Timestamp)')
}

const value = ['Value Float64', 'Flags UInt32']
const count = ['Count UInt64', 'Sum Float64']
const ends = ['Flags UInt32', 'Min Float64', 'Max Float64', 'AggregationTemporality Int32']
/** What stands in each metrics table beside what all of them have. */
const points = {
  gauge: value,
  sum: [...value, 'AggregationTemporality Int32', 'IsMonotonic Bool'],
  histogram: [...count, 'BucketCounts Array(UInt64)', 'ExplicitBounds Array(Float64)', ...ends],
}

function metrics({ metricTime }: Generation, kind: keyof typeof points, name: string): string {
  const columns = [
    ...[`ResourceAttributes ${map}`, 'ResourceSchemaUrl String', 'ScopeName String', 'ScopeVersion String'],
    ...[`ScopeAttributes ${map}`, 'ScopeDroppedAttrCount UInt32', 'ScopeSchemaUrl String', `ServiceName ${low}`],
    ...['MetricName String', 'MetricDescription String', 'MetricUnit String', `Attributes ${map}`],
    ...[`StartTimeUnix ${metricTime}`, `TimeUnix ${metricTime}`, ...points[kind]],
  ]
  return table(name, columns, '(ServiceName, MetricName, Attributes, TimeUnix)', 'toDate(TimeUnix)')
}
