import { describe, expect, test } from 'vitest'
import { connect, readerOf, type TeamReader } from '../../../src/team/connection.ts'
import { findTables } from '../../../src/team/records/generation.ts'
import { readMetrics } from '../../../src/team/records/read-metrics.ts'
import { findSessions, readSessions } from '../../../src/team/records/read-sessions.ts'
import { exportTo, insertBodies } from '../../clickhouse/exporter.ts'
import { generations, type GenerationName } from '../../clickhouse/generations.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import type { CapturedBody } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import type { Tables } from '../engine/tables.ts'
import { factsOf, told } from './team-captures.ts'

/** Code mode, a reviewer, a run without a span: with and without a key twice. */
const names = ['01_code_multi', '28_guardian', '30_signal_INT']

export function describeReading(server: () => ClickHouse): void {
  describe('raw rows', () => {
    const { bodies, ids, facts } = told(names)

    test.each(Object.keys(generations) as GenerationName[])(
      '%s: read back, facts are those of what was sent, also where a part was sent twice',
      async (generation) => {
        const database = `read_${generation.replace('-', '_')}`
        await exportTo(server(), database, generation, bodies)
        await insertBodies(server(), database, generation, bodies.slice(10, 20))
        const read = await readBack(server(), database, async (reader) => {
          const tables = await findTables(reader, database)
          const place = await findSessions(reader, tables, ids)
          const all = [readSessions(reader, tables, place, { factsOnly: true }), readMetrics(reader, tables, always)]
          return (await Promise.all(all.map((source) => gather(source)))).flat()
        })
        const { metricTime } = generations[generation]
        expect(inSeconds(await factsOf(read), metricTime)).toEqual(inSeconds(await facts(), metricTime))
      },
    )

    test('of all records a session has the tree that it has at home', async () => {
      const { bodies: one, ids: alone } = told(['01_code_multi'])
      const read = await readBack(server(), 'read_map_165', async (reader) => {
        const tables = await findTables(reader, 'read_map_165')
        const place = await findSessions(reader, tables, alone)
        return gather(readSessions(reader, tables, place, { factsOnly: false }))
      })
      expect(await treeOf(read, alone)).toEqual(await treeOf(one, alone))
    })

    test('NULL in a column or a map that somebody let have it is what was not sent', async () => {
      await server().ask('CREATE DATABASE nulls')
      for (const [table, { columns, map }] of Object.entries(nullable)) {
        await server().ask(`CREATE TABLE nulls.${table} AS read_map_150.${table}`)
        await server().ask(`ALTER TABLE nulls.${table} DROP INDEX IF EXISTS idx_log_attr_value`)
        for (const column of columns)
          await server().ask(`ALTER TABLE nulls.${table} MODIFY COLUMN ${column} Nullable(String)`)
        await server().ask(`ALTER TABLE nulls.${table} MODIFY COLUMN ${map} ${mapOfNullable}`)
        const emptied = columns.map((column) => `nullIf(${column}, '') AS ${column}`).join(', ')
        const bags = [map, "map('odd', NULL)"].map((bag) => `CAST(${bag}, '${mapOfNullable}')`).join(', ')
        await server().ask(
          `INSERT INTO nulls.${table} SELECT * REPLACE (${emptied}, mapConcat(${bags}) AS ${map}) FROM read_map_150.${table}`,
        )
      }
      const { bodies: one, ids: alone } = told(['01_code_multi'])
      const read = await readBack(server(), 'nulls', async (reader) => {
        const tables = await findTables(reader, 'nulls')
        return gather(readSessions(reader, tables, await findSessions(reader, tables, alone), { factsOnly: false }))
      })
      expect(await treeOf(read, alone)).toEqual(await treeOf(one, alone))
    })

    test('what is decades before the moment that a session’s id names is found all the same', async () => {
      await server().ask('CREATE DATABASE long_ago')
      for (const table of ['otel_logs', 'otel_traces']) {
        await server().ask(`CREATE TABLE long_ago.${table} AS read_map_165.${table}`)
        await server().ask(
          `INSERT INTO long_ago.${table} SELECT * REPLACE (Timestamp - INTERVAL 30 YEAR AS Timestamp) FROM read_map_165.${table}`,
        )
      }
      const { ids: alone } = told(['01_code_multi'])
      const [now, then] = await Promise.all(
        ['read_map_165', 'long_ago'].map((database) =>
          withReader(server(), database, async (reader) => {
            const { logRecords, traceIds } = await findSessions(reader, await findTables(reader, database), alone)
            return { logRecords, traceIds: traceIds.toSorted() }
          }),
        ),
      )
      expect(then).toEqual(now)
      expect(then?.logRecords).toBeGreaterThan(0)
    })

    test('tables that no Collector made are named with what is wrong of them', async () => {
      await server().ask('CREATE DATABASE strange')
      const find = () => readBack(server(), 'strange', async (reader) => (await findTables(reader, 'strange'), []))
      await expect(find()).rejects.toThrow('the database strange has no table otel_logs')
      await server().ask('CREATE TABLE strange.otel_logs (Timestamp DateTime64(9)) ENGINE = MergeTree ORDER BY tuple()')
      await expect(find()).rejects.toThrow('strange.otel_logs is not a table of the Collector')
    })
  })
}

/** What may be NULL here; of the Collector's own tables nothing is. */
const nullable = {
  otel_logs: { columns: ['SpanId', 'Body', 'ScopeName', 'EventName'], map: 'LogAttributes' },
  otel_traces: { columns: ['ParentSpanId', 'TraceState', 'ScopeName', 'StatusMessage'], map: 'SpanAttributes' },
}

const mapOfNullable = 'Map(LowCardinality(String), Nullable(String))'

const always = { fromNs: 0n, toNs: 4_102_444_800_000_000_000n }

type Read = readonly Omit<CapturedBody, 'origin'>[]

async function gather<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const item of source) all.push(item)
  return all
}

async function readBack(
  server: ClickHouse,
  database: string,
  read: (reader: TeamReader) => Promise<readonly { signal: CapturedBody['signal']; bytes: Uint8Array }[]>,
): Promise<Read> {
  const bodies = await withReader(server, database, read)
  return bodies.map(({ signal, bytes }) => ({ signal, encoding: 'protobuf', bytes: new Uint8Array(bytes) }))
}

/** By a user who may change nothing, not even a setting. */
async function withReader<T>(
  { url }: ClickHouse,
  database: string,
  use: (reader: TeamReader) => Promise<T>,
): Promise<T> {
  const reader = readerOf(await connect({ url, user: 'reader', password: 'reader', database }))
  try {
    return await use(reader)
  } finally {
    await reader.close()
  }
}

/** Newer tables keep the time of a metric's point in whole seconds. */
function inSeconds(facts: Tables, metricTime: 'DateTime' | 'DateTime64(9)'): Tables {
  if (metricTime !== 'DateTime') return facts
  const whole = (row: Readonly<Record<string, unknown>>) => ({
    ...row,
    last_ns: (row['last_ns'] as bigint) / 1_000_000_000n,
  })
  return { ...facts, metric_minute: facts['metric_minute']?.map(whole) ?? [] }
}

function treeOf(bodies: readonly CapturedBody[], [id = '']: readonly string[]): Promise<unknown> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    store.replay(bodies)
    const tree = store.reader['session.tree']({ id })
    store.close()
    return tree
  })
}
