import type { Joined } from '../../model/codex/join/join.ts'
import type { SettledCall, SettledTool } from '../../model/codex/settle/index.ts'
import type { Db } from './database.ts'
import { integers } from './integers.ts'

interface Table {
  readonly name: string
  readonly key: Readonly<Record<string, string>>
  readonly columns: Readonly<Record<string, string>>
  /** What has to be worked out again when a row changes. */
  readonly reset?: string
}

/** What only the file says, and what settling found of it. */
export interface FileRows {
  readonly prompts: Joined['added']['prompts']
  readonly calls: readonly (Joined['added']['calls'][number] & SettledCall)[]
  readonly tools: readonly (Joined['added']['tools'][number] & SettledTool)[]
  readonly compactions: Joined['added']['compactions']
}

/** Column → how it is bound. */
const tables: Readonly<Record<keyof FileRows, Table>> = {
  prompts: { name: 'prompt', key: { at_ns: '(@base + @at)' }, columns: { length: '@length' } },
  calls: {
    name: 'api_call',
    key: { at_ns: '(@base + @at)', status: '@status', event_kind: '@eventKind' },
    columns: {
      model: '@model',
      effort: '@effort',
      input_tokens: '@input',
      cached_tokens: '@cached',
      cache_write_tokens: '@cacheWrite',
      output_tokens: '@output',
      reasoning_tokens: '@reasoning',
      turn_id: '@turnId',
      begun_after_ns: '@base + @begunAfter',
      first_item_ns: '@base + @firstItemAt',
    },
    reset: ', price_version = NULL',
  },
  tools: {
    name: 'tool_call',
    key: { call_id: '@callId' },
    columns: {
      tool: '@tool',
      namespace: '@namespace',
      mcp_server: '@mcpServer',
      at_ns: '(@base + @at)',
      duration_ms: '@durationMs',
      success: '@success',
      exit_code: '@exitCode',
      arguments_length: '@argumentsLength',
      output_length: '@outputLength',
      span_start_ns: '@base + @spanStart',
      span_end_ns: '@base + @spanEnd',
      wait_start_ns: '@base + @waitStart',
      wait_end_ns: '@base + @waitEnd',
      aborted: '@aborted',
      source: '@source',
      span_turn_id: '@spanTurnId',
      turn_id: '@turnId',
      parent_call_id: '@parentCallId',
      role: '@role',
    },
  },
  compactions: {
    name: 'compaction',
    key: { span_id: '@spanId' },
    columns: {
      turn_id: '@turnId',
      start_ns: '@base + @start',
      end_ns: '@base + @end',
      at_most: '@atMost',
    },
  },
}

/**
 * Writes the rows of what only a file says, beside those of the telemetry, so that whatever counts facts counts them once. Only what
 * differs is written: every row that changes has its hour summed up anew.
 */
export function fileRowWriter(db: Db): (sessionId: string, base: bigint, rows: FileRows) => void {
  const writers = Object.entries(tables).map(([kind, table]) => [kind as keyof FileRows, rowWriter(db, table)] as const)
  return (sessionId, base, rows) => {
    for (const [kind, write] of writers) write(sessionId, base, rows[kind])
  }
}

function rowWriter(db: Db, { name, key, columns, reset = '' }: Table) {
  const all = { ...key, ...columns }
  const keyText = `${Object.keys(key).join(" || ' ' || ")} || ''`
  const keys = db
    .prepare<[string], string>(`SELECT ${keyText} FROM ${name} WHERE session_id = ? AND witness = 'file'`)
    .pluck()
  const keyOf = db.prepare<object, string>(`SELECT ${Object.values(key).join(" || ' ' || ")} || ''`).pluck()
  const remove = db.prepare<[string, string]>(
    `DELETE FROM ${name} WHERE session_id = ? AND witness = 'file' AND ${keyText} = ?`,
  )
  const own = Object.keys(columns)
  const upsert = db.prepare(
    `INSERT INTO ${name} (session_id, witness, ${Object.keys(all).join(', ')}) VALUES (@id, 'file', ${Object.values(all).join(', ')})
     ON CONFLICT DO UPDATE SET ${own.map((column) => `${column} = excluded.${column}`).join(', ')}${reset}
     WHERE witness = 'file' AND (${own.map((column) => `${column} IS NOT excluded.${column}`).join(' OR ')})`,
  )
  return (id: string, base: bigint, rows: readonly object[]): void => {
    const stale = new Set(keys.all(id))
    if (stale.size === 0 && rows.length === 0) return
    for (const row of rows) {
      const bound = { id, base, ...integers(row) }
      upsert.run(bound)
      stale.delete(String(keyOf.get(bound)))
    }
    for (const one of stale) remove.run(id, one)
  }
}
