import type { TeamReader } from '../connection.ts'

/** How one raw table keeps what differs between the generations of the exporter's tables. */
export interface RawTable {
  /** A Map of texts, which may have a key twice, or the type JSON. */
  readonly attributes: 'map' | 'json'
  /** Its columns by name. */
  readonly columns: ReadonlySet<string>
}

export interface RawTables {
  readonly logs: RawTable | null
  readonly traces: RawTable | null
  /** By the end of their names: sum, gauge, histogram. */
  readonly metrics: ReadonlyMap<MetricTable, RawTable>
}

export const metricTables = ['sum', 'gauge', 'histogram'] as const
export type MetricTable = (typeof metricTables)[number]

const needed = {
  logs: ['Timestamp', 'TraceId', 'ServiceName', 'Body', 'ResourceAttributes', 'LogAttributes'],
  traces: [
    'Timestamp',
    'TraceId',
    'SpanId',
    'ParentSpanId',
    'SpanName',
    'ResourceAttributes',
    'SpanAttributes',
    'Duration',
  ],
  metrics: ['TimeUnix', 'StartTimeUnix', 'MetricName', 'ResourceAttributes', 'Attributes'],
} as const

/** Which tables there are, and of which generation, by their columns. Throws an Error that says what no generation has. */
export async function findTables(reader: TeamReader, database: string): Promise<RawTables> {
  const found = await reader.rows<{ table: string; name: string; type: string }>(
    `SELECT table, name, type FROM system.columns WHERE database = {database:String} AND startsWith(table, 'otel_')`,
    { database },
  )
  const tableOf = (name: string, bag: string, columns: readonly string[]): RawTable | null => {
    const own = new Map(found.filter(({ table }) => table === name).map((column) => [column.name, column.type]))
    if (own.size === 0) return null
    const missing = columns.filter((column) => !own.has(column))
    if (missing.length > 0)
      throw new Error(`${database}.${name} is not a table of the Collector's: it has no ${missing.join(', ')}`)
    const type = own.get(bag) ?? ''
    if (!/^(Map|JSON)\b/.test(type))
      throw new Error(`${database}.${name} is not a table of the Collector's: ${bag} is ${type}`)
    return { attributes: type.startsWith('Map') ? 'map' : 'json', columns: new Set(own.keys()) }
  }
  const metrics = metricTables.flatMap((kind) => {
    const table = tableOf(`otel_metrics_${kind}`, 'Attributes', needed.metrics)
    return table === null ? [] : [[kind, table] as const]
  })
  const logs = tableOf('otel_logs', 'LogAttributes', needed.logs)
  const traces = tableOf('otel_traces', 'SpanAttributes', needed.traces)
  if (logs === null && traces === null)
    throw new Error(`the database ${database} has no table otel_logs and no otel_traces that this user may read`)
  return { logs, traces, metrics: new Map(metrics) }
}
