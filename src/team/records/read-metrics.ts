import { messageToProtobuf } from '../../engine/otlp/json-to-protobuf.ts'
import { Metric } from '../../engine/otlp/schema.ts'
import type { Incoming } from '../../engine/store/body-store.ts'
import type { TeamReader } from '../connection.ts'
import { asParams, type Bounds } from './bounds.ts'
import type { RawTables } from './generation.ts'
import { metricColumns, metricRecord, type MetricRow } from './metrics.ts'
import { requestOf } from './request.ts'

/**
 * Points of a stretch of time, each once, as bodies that the ingest takes: metrics name no session. What counts on and on is left out: how
 * much it grew in a minute is known only to who read all of it.
 */
export async function* readMetrics(
  reader: TeamReader,
  { metrics }: RawTables,
  bounds: Bounds,
): AsyncGenerator<Omit<Incoming, 'origin'>> {
  for (const [kind, table] of metrics) {
    const query = `SELECT DISTINCT ${metricColumns(kind, table)} FROM otel_metrics_${kind}
      WHERE TimeUnix >= fromUnixTimestamp64Nano({fromNs:Int64}) AND TimeUnix <= fromUnixTimestamp64Nano({toNs:Int64})
        ${kind === 'gauge' ? '' : 'AND AggregationTemporality <> 2'}`
    for await (const rows of reader.stream<MetricRow>(query, asParams(bounds)))
      yield {
        signal: 'metrics',
        encoding: 'protobuf',
        bytes: requestOf(rows, (wire, row) => {
          wire.fields(messageToProtobuf(Metric(), metricRecord(kind, row)))
        }),
      }
  }
}
