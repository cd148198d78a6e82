import type { OtlpJson, OtlpObject } from '../../src/engine/otlp/read-message.ts'
import { requestType } from '../../src/engine/otlp/schema.ts'
import { toJson } from '../../src/engine/otlp/to-json.ts'
import { asProtobuf, type CapturedBody } from '../captures.ts'
import { asJson, asMap, asText, attributesOf, integerOf, objectsOf, type Attribute } from './attribute-text.ts'
import { generations, tablesOf, type Generation, type GenerationName } from './generations.ts'
import type { ClickHouse } from './server.ts'

/** Columns of a row as JSON text, so that a map may have a key twice and an integer all its digits. */
type Row = Readonly<Record<string, string>>

/** Makes the tables of a generation and puts in what the Collector's exporter would have made of the bodies. */
export async function exportTo(
  server: ClickHouse,
  database: string,
  name: GenerationName,
  bodies: readonly CapturedBody[],
): Promise<void> {
  for (const statement of tablesOf(name, database)) await server.ask(statement)
  await insertBodies(server, database, name, bodies)
}

export async function insertBodies(
  server: ClickHouse,
  database: string,
  name: GenerationName,
  bodies: readonly CapturedBody[],
): Promise<void> {
  const rows = new Map<string, string[]>()
  for (const body of bodies) {
    const decoded = toJson(() => requestType(body.signal))(asProtobuf(body).bytes)
    for (const [table, row] of rowsOf[body.signal](decoded, generations[name])) {
      const lines = rows.get(table) ?? []
      if (lines.length === 0) rows.set(table, lines)
      lines.push(lineOf(row))
    }
  }
  for (const [table, lines] of rows) await server.insert(`${database}.otel_${table}`, lines)
}

const lineOf = (row: Row): string =>
  `{${Object.entries(row)
    .map(([column, value]) => `${JSON.stringify(column)}:${value}`)
    .join(',')}}`

const text = (value: OtlpJson | undefined): string => JSON.stringify(value ?? '')
const number = (value: OtlpJson | undefined): string => JSON.stringify(value ?? 0)
const list = (values: readonly string[]): string => `[${values.join(',')}]`

function seconds(ns: OtlpJson | undefined): string {
  const digits = String(integerOf(ns)).padStart(10, '0')
  return `"${digits.slice(0, -9)}.${digits.slice(-9)}"`
}

const bag = (prefix: string, attributes: readonly Attribute[], { attributes: kind }: Generation): Row =>
  kind === 'map'
    ? { [`${prefix}Attributes`]: asMap(attributes) }
    : {
        [`${prefix}Attributes`]: asJson(attributes),
        [`${prefix}AttributesKeys`]: list(attributes.map(({ key }) => text(key))),
      }

function* records(
  request: OtlpObject,
  names: readonly [groups: string, scopes: string, records: string],
): Generator<{ resource: readonly Attribute[]; service: string; scope: OtlpObject; record: OtlpObject }> {
  for (const group of objectsOf(request[names[0]])) {
    const resource = attributesOf((group['resource'] ?? {}) as OtlpObject)
    const service = text(asText(resource.find(({ key }) => key === 'service.name')?.value))
    for (const scoped of objectsOf(group[names[1]])) {
      const scope = (scoped['scope'] ?? {}) as OtlpObject
      for (const record of objectsOf(scoped[names[2]])) yield { resource, service, scope, record }
    }
  }
}

const kindWords = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer']
const statusWords = ['Unset', 'Ok', 'Error']

const rowsOf: Record<CapturedBody['signal'], (request: OtlpObject, generation: Generation) => Iterable<[string, Row]>> =
  {
    *logs(request, generation) {
      for (const { resource, service, scope, record } of records(request, [
        'resourceLogs',
        'scopeLogs',
        'logRecords',
      ])) {
        const row = {
          Timestamp: seconds(record['timeUnixNano'] ?? record['observedTimeUnixNano']),
          TraceId: text(record['traceId']),
          SpanId: text(record['spanId']),
          SeverityNumber: number(record['severityNumber']),
          SeverityText: text(record['severityText']),
          ServiceName: service,
          Body: text(asText(record['body'] as OtlpObject)),
          ...bag('Resource', resource, generation),
          ...{ ScopeName: text(scope['name']), ScopeVersion: text(scope['version']) },
          ...bag('Scope', attributesOf(scope), generation),
          ...bag('Log', attributesOf(record), generation),
          ...(generation.eventName ? { EventName: text(record['eventName']) } : {}),
        }
        yield ['logs', row]
      }
    },
    *traces(request, generation) {
      const inner = generation.attributes === 'map' ? asMap : asJson
      const word = (words: readonly string[], prefix: string, value: OtlpJson | undefined): string => {
        const said = words[Number(value ?? 0)] ?? ''
        return text(generation.oldWords ? `${prefix}_${said.toUpperCase()}` : said)
      }
      for (const { resource, service, scope, record } of records(request, ['resourceSpans', 'scopeSpans', 'spans'])) {
        const events = objectsOf(record['events'])
        const status = (record['status'] ?? {}) as OtlpObject
        const { startTimeUnixNano: start, endTimeUnixNano: end } = record
        const lasted = BigInt.asUintN(64, integerOf(end) - integerOf(start))
        const row = {
          Timestamp: seconds(record['startTimeUnixNano']),
          TraceId: text(record['traceId']),
          SpanId: text(record['spanId']),
          ParentSpanId: text(record['parentSpanId']),
          TraceState: text(record['traceState']),
          SpanName: text(record['name']),
          SpanKind: word(kindWords, 'SPAN_KIND', record['kind']),
          ServiceName: service,
          ...bag('Resource', resource, generation),
          ...{ ScopeName: text(scope['name']), ScopeVersion: text(scope['version']) },
          ...bag('Span', attributesOf(record), generation),
          Duration: String(lasted),
          StatusCode: word(statusWords, 'STATUS_CODE', status['code']),
          StatusMessage: text(status['message']),
          'Events.Timestamp': list(events.map((event) => seconds(event['timeUnixNano']))),
          'Events.Name': list(events.map(({ name }) => text(name))),
          'Events.Attributes': list(events.map((event) => inner(attributesOf(event)))),
        }
        yield ['traces', row]
      }
    },
    *metrics(request, { metricTime }) {
      const time = (ns: OtlpJson | undefined): string =>
        metricTime === 'DateTime' ? String(integerOf(ns) / 1_000_000_000n) : seconds(ns)
      const groups = records(request, ['resourceMetrics', 'scopeMetrics', 'metrics'])
      for (const { resource, service, scope, record } of groups) {
        for (const kind of ['gauge', 'sum', 'histogram'] as const) {
          const data = (record[kind] ?? {}) as OtlpObject
          for (const point of objectsOf(data['dataPoints'])) {
            const common = {
              ResourceAttributes: asMap(resource),
              ...{ ScopeName: text(scope['name']), ScopeVersion: text(scope['version']) },
              ScopeAttributes: asMap(attributesOf(scope)),
              ServiceName: service,
              ...{ MetricName: text(record['name']), MetricUnit: text(record['unit']) },
              Attributes: asMap(attributesOf(point)),
              StartTimeUnix: time(point['startTimeUnixNano']),
              TimeUnix: time(point['timeUnixNano']),
              ...(kind === 'gauge' ? {} : { AggregationTemporality: number(data['aggregationTemporality']) }),
            }
            yield [`metrics_${kind}`, { ...common, ...valuesOf[kind](point, data) }]
          }
        }
      }
    },
  }

const valuesOf = {
  gauge: (point: OtlpObject): Row => ({ Value: number(point['asDouble'] ?? point['asInt']) }),
  sum: (point: OtlpObject, data: OtlpObject): Row => ({
    Value: number(point['asDouble'] ?? point['asInt']),
    IsMonotonic: String(data['isMonotonic'] === true),
  }),
  histogram: (point: OtlpObject): Row => ({
    ...{
      Count: number(point['count']),
      Sum: number(point['sum']),
      Min: number(point['min']),
      Max: number(point['max']),
    },
    BucketCounts: JSON.stringify(point['bucketCounts'] ?? []),
    ExplicitBounds: JSON.stringify(point['explicitBounds'] ?? []),
  }),
}
