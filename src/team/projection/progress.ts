import type { TeamReader } from '../connection.ts'
import type { MetricTable, RawTables } from '../records/generation.ts'
import type { FactRow } from './fact-tables.ts'

/**
 * Up to where the raw tables were read. Their server numbers what is inserted within each partition, and names its parts by these
 * numbers, so that what came late is found in whatever day it lies, by a user who may do no more than SELECT.
 */
export type Progress = ReadonlyMap<Source, ReadonlyMap<string, bigint>>
export type Source = 'otel_logs' | 'otel_traces' | `otel_metrics_${MetricTable}`

export function sourcesOf({ logs, traces, metrics }: RawTables): readonly Source[] {
  return [
    ...(logs === null ? [] : (['otel_logs'] as const)),
    ...(traces === null ? [] : (['otel_traces'] as const)),
    ...[...metrics.keys()].map((kind) => `otel_metrics_${kind}` as const),
  ]
}

export const progressTable = 'colophon_progress'

export const progressStatement = `CREATE TABLE IF NOT EXISTS ${progressTable} (shard String, source String, partition String,
  schema UInt32, block Int64, saved DateTime64(3) DEFAULT now64(3)) ENGINE = ReplacingMergeTree(saved) ORDER BY (shard, source, partition)`

interface SavedRow {
  readonly source: Source
  readonly partition: string
  readonly block: string
}

/** Another version of the code makes other facts of the same records: it begins anew. */
export async function readProgress(facts: TeamReader, shard: string, schema: number): Promise<Progress> {
  const rows = await facts.rows<SavedRow>(
    `SELECT source, partition, toString(block) AS block FROM ${progressTable} FINAL
     WHERE shard = {shard:String} AND schema = {schema:UInt32}`,
    { shard, schema },
  )
  return bySource(rows)
}

/** Where the raw tables stand. */
export async function currentBlocks(raw: TeamReader, sources: readonly Source[]): Promise<Progress> {
  const rows: SavedRow[] = []
  for (const source of sources) {
    const found = await raw.rows<Omit<SavedRow, 'source'>>(
      `SELECT _partition_id AS partition, toString(max(${blockOf})) AS block FROM ${source} GROUP BY partition`,
    )
    rows.push(...found.map((row) => ({ ...row, source })))
  }
  return bySource(rows)
}

function bySource(rows: readonly SavedRow[]): Progress {
  const progress = new Map<Source, Map<string, bigint>>()
  for (const { source, partition, block } of rows) {
    const blocks = progress.get(source) ?? new Map<string, bigint>()
    progress.set(source, blocks.set(partition, BigInt(block)))
  }
  return progress
}

export function progressRows(progress: Progress, shard: string, schema: number): readonly FactRow[] {
  return [...progress].flatMap(([source, blocks]) =>
    [...blocks].map(([partition, block]) => ({ shard, source, partition, schema, block: String(block) })),
  )
}

/** A part is called PARTITION_FIRST_LAST_LEVEL: the last block that is in it. */
export const blockOf = "toInt64(splitByChar('_', _part)[3])"

/** Rows of parts that hold something new; parts are merged, so that old rows may be among them. */
export const isNew = `${blockOf} > transform(_partition_id, {partitions:Array(String)}, {blocks:Array(Int64)}, toInt64(-1))`

/** For `isNew`. Where a table was made anew its numbers begin anew, and nothing of it was read. */
export function newSince(
  done: ReadonlyMap<string, bigint> = new Map(),
  now: ReadonlyMap<string, bigint> = new Map(),
): { readonly partitions: readonly string[]; readonly blocks: readonly bigint[] } {
  const read = [...done].filter(([partition, block]) => block <= (now.get(partition) ?? block))
  // Of an empty list the server does not know the type.
  const listed = read.length === 0 ? [['', -1n] as const] : read
  return { partitions: listed.map(([partition]) => partition), blocks: listed.map(([, block]) => block) }
}

export function hasNew(done: Progress, now: Progress, source: Source): boolean {
  const read = done.get(source)
  return [...(now.get(source) ?? [])].some(([partition, block]) => read?.get(partition) !== block)
}
