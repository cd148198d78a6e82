import { captureNames, loadCapture } from '../captures.ts'
import { exportTo } from '../clickhouse/exporter.ts'
import type { ClickHouse } from '../clickhouse/server.ts'

/** What a team of fifty sends in a month: our captured runs again and again, each copy earlier than the one before it, and of its own ids. */
export const month = { spans: 3_000_000, days: 30, people: 50 } as const

const uuid7 = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$'
/** A UUIDv7 says when it was made, so it moves with its copy, and is that copy's alone. */
const earlierHex = `lower(leftPad(hex(toUInt64(reinterpretAsUInt64(reverse(unhex(concat('0000', substring(v, 1, 8), substring(v, 10, 4))))) - earlier)), 12, '0'))`
const moved = `if(length(v) = 36 AND match(v, '${uuid7}'), concat(substring(${earlierHex}, 1, 8), '-', substring(${earlierHex}, 9, 4),
  substring(v, 14, 19), lower(leftPad(hex(copy), 4, '0'))), v)`
const attributes = `mapApply((k, v) -> (k, ${moved}), ATTRIBUTES)`
const named = `if(mapContains(ATTRIBUTES, 'user.email'), ATTRIBUTES, mapConcat(ATTRIBUTES, map('user.email', concat('person', toString(copy % ${String(month.people)}), '@team.example'))))`
const id = (column: string): string => `if(${column} = '', '', lower(hex(sipHash128(${column}, copy))))`
const shortId = (column: string): string => `if(${column} = '', '', lower(hex(sipHash64(${column}, copy))))`

/** How each column of a copy differs; others are as they were. */
const changed: Readonly<Record<string, string>> = {
  Timestamp: 'Timestamp - toIntervalMillisecond(earlier)',
  TraceId: id('TraceId'),
  SpanId: shortId('SpanId'),
  ParentSpanId: shortId('ParentSpanId'),
  LogAttributes: attributes.replaceAll('ATTRIBUTES', named).replaceAll('ATTRIBUTES', 'LogAttributes'),
  SpanAttributes: attributes.replaceAll('ATTRIBUTES', 'SpanAttributes'),
}

/** The Collector's tables of such a month in a database; answers how many spans there are, and from when to when. */
export async function fillMonth(
  server: ClickHouse,
  database: string,
): Promise<{ readonly spans: number; readonly fromMs: number; readonly toMs: number }> {
  const base = `${database}_base`
  const bodies = captureNames.flatMap((name) => loadCapture(name).bodies)
  await exportTo(server, base, 'map-165', bodies)
  await exportTo(server, database, 'map-165', [])
  const once = Number(await server.ask(`SELECT count() FROM ${base}.otel_traces`))
  const copies = Math.ceil(month.spans / once)
  const stepMs = Math.floor((month.days * 86_400_000) / copies)
  for (const table of ['otel_logs', 'otel_traces']) {
    const columns = (
      await server.ask(
        `SELECT name FROM system.columns WHERE database = '${base}' AND table = '${table}' AND default_kind = '' ORDER BY position`,
      )
    ).split('\n')
    const values = columns.map((column) => changed[column] ?? `\`${column}\``)
    for (let copy = 0; copy < copies; copy++)
      await server.ask(
        `INSERT INTO ${database}.${table} (${columns.map((column) => `\`${column}\``).join(', ')})
         WITH toUInt64(${String(copy)}) AS copy, toUInt64(${String(copy * stepMs)}) AS earlier
         SELECT ${values.join(', ')} FROM ${base}.${table}
         SETTINGS max_threads = 1, max_insert_threads = 1, max_partitions_per_insert_block = 200`,
      )
  }
  await server.ask(`DROP DATABASE ${base} SYNC`)
  const [spans = 0, fromMs = 0, toMs = 0] = (
    await server.ask(
      `SELECT count(), toUnixTimestamp64Milli(min(Timestamp)), toUnixTimestamp64Milli(max(Timestamp)) FROM ${database}.otel_traces`,
    )
  )
    .split('\t')
    .map(Number)
  return { spans, fromMs, toMs: toMs + 1 }
}
