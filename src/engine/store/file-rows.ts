import type { Joined } from '../../model/codex/join/join.ts'
import type { SettledCall, SettledTool } from '../../model/codex/settle/index.ts'
import { callLabel, historyName, runningMs } from '../../model/ledger/history.ts'
import { priceCall } from '../../model/pricing/cost.ts'
import type { PriceList } from '../../model/pricing/price.ts'
import { priceListOf } from '../pricing/price-list.ts'
import type { Db } from './database.ts'

/** A column and what of a row is in it; `+name` is a moment, nanoseconds after the session's first. */
type Columns = Readonly<Record<string, string>>

interface Table {
  readonly name: string
  readonly key: Columns
  readonly columns: Columns
}

/** What only the file says, and what settling found of it. */
export interface FileRows {
  readonly prompts: Joined['added']['prompts']
  readonly calls: readonly (Joined['added']['calls'][number] & SettledCall)[]
  readonly tools: readonly (Joined['added']['tools'][number] & SettledTool)[]
  readonly compactions: Joined['added']['compactions']
}

const tables: Readonly<Record<keyof FileRows, Table>> = {
  prompts: { name: 'prompt', key: { at_ns: '+at' }, columns: { length: 'length' } },
  calls: {
    name: 'api_call',
    key: { at_ns: '+at', status: 'status', event_kind: 'eventKind' },
    columns: {
      model: 'model',
      effort: 'effort',
      input_tokens: 'input',
      cached_tokens: 'cached',
      cache_write_tokens: 'cacheWrite',
      output_tokens: 'output',
      reasoning_tokens: 'reasoning',
      turn_id: 'turnId',
      begun_after_ns: '+begunAfter',
      first_item_ns: '+firstItemAt',
      cost_usd: 'usd',
      price_version: 'priceVersion',
    },
  },
  tools: {
    name: 'tool_call',
    key: { call_id: 'callId' },
    columns: {
      tool: 'tool',
      namespace: 'namespace',
      mcp_server: 'mcpServer',
      at_ns: '+at',
      duration_ms: 'durationMs',
      success: 'success',
      exit_code: 'exitCode',
      arguments_length: 'argumentsLength',
      output_length: 'outputLength',
      span_start_ns: '+spanStart',
      span_end_ns: '+spanEnd',
      wait_start_ns: '+waitStart',
      wait_end_ns: '+waitEnd',
      aborted: 'aborted',
      source: 'source',
      span_turn_id: 'spanTurnId',
      turn_id: 'turnId',
      parent_call_id: 'parentCallId',
      role: 'role',
      run_ms: 'runMs',
      history: 'history',
    },
  },
  compactions: {
    name: 'compaction',
    key: { span_id: 'spanId' },
    columns: { turn_id: 'turnId', start_ns: '+start', end_ns: '+end', at_most: 'atMost' },
  },
}

/**
 * Writes the rows of what only a file says, beside those of the telemetry, so that whatever counts facts counts them once. Only what
 * differs is written: every row that changes has its hour summed up anew. Their figures are written with them, for a row that is changed
 * a moment after it was inserted costs as much again.
 */
export function fileRowWriter(db: Db): (sessionId: string, base: bigint, rows: FileRows) => void {
  const prices = priceListOf(db)
  const writers = Object.entries(tables).map(([kind, table]) => [kind as keyof FileRows, rowWriter(db, table)] as const)
  return (sessionId, base, rows) => {
    const list = prices.current()
    const firstMs = Number(base) / 1e6
    const withFigures: Readonly<Record<keyof FileRows, readonly object[]>> = {
      ...rows,
      calls: rows.calls.map((call) => ({ ...call, ...costOf(call, firstMs, list) })),
      tools: rows.tools.map((tool) => ({ ...tool, ...historyOf(tool) })),
    }
    for (const [kind, write] of writers) write(sessionId, base, withFigures[kind])
  }
}

function costOf(call: FileRows['calls'][number], firstMs: number, list: PriceList) {
  const usage = { ...call, atMs: firstMs + call.at / 1e6, tier: null }
  return { usd: priceCall(usage, list).receipt?.usd ?? null, priceVersion: list.version }
}

/** With whom it is compared, as `figures.ts` says it of every call. */
function historyOf({ tool, mcpServer, at, durationMs, waitStart, waitEnd }: FileRows['tools'][number]) {
  if (at === null || durationMs === null) return { runMs: null, history: null }
  const label = callLabel(tool, mcpServer)
  const waited = waitStart === null || waitEnd === null ? 0 : waitEnd - waitStart
  return { runMs: runningMs(Math.round(durationMs), waited), history: label && historyName(label, '') }
}

type Bound = string | number | bigint | null

/** A moment as a number, nanoseconds after the session's first: exact for a hundred days, and read in a third of a big integer's time. */
const relative = (columns: Columns): string[] =>
  Object.entries(columns).map(([column, of]) => (of.startsWith('+') ? `${column} - @base` : column))

function rowWriter(db: Db, { name, key, columns }: Table) {
  const keys = Object.keys(key)
  const own = Object.keys(columns)
  const stored = db
    .prepare<{ id: string; base: bigint }, Bound[]>(
      `SELECT ${[...relative(key), ...relative(columns)].join(', ')} FROM ${name} WHERE session_id = @id AND witness = 'file'`,
    )
    .raw()
  const remove = db.prepare(
    `DELETE FROM ${name} WHERE session_id = ? AND witness = 'file' AND ${keys.map((column) => `${column} = ?`).join(' AND ')}`,
  )
  const all = [...keys, ...own]
  const upsert = db.prepare(
    `INSERT INTO ${name} (session_id, witness, ${all.join(', ')}) VALUES (?, 'file', ${all.map(() => '?').join(', ')})
     ON CONFLICT DO UPDATE SET ${own.map((column) => `${column} = excluded.${column}`).join(', ')} WHERE witness = 'file'`,
  )
  const bound = [...Object.values(key), ...Object.values(columns)]
  const isMoment = bound.map((of) => of.startsWith('+'))
  const valuesOf = (row: object) => bound.map((of) => valueOf(row as Readonly<Record<string, unknown>>, of))
  const keyOf = (values: readonly Bound[]): string => values.slice(0, keys.length).join(' ')
  const toStore = (base: bigint, values: readonly Bound[]): Bound[] =>
    values.map((value, i) => (isMoment[i] && typeof value === 'number' ? base + BigInt(value) : storable(value)))
  return (id: string, base: bigint, rows: readonly object[]): void => {
    const left = new Map(stored.all({ id, base }).map((values) => [keyOf(values), values]))
    for (const row of rows) {
      const values = valuesOf(row)
      const at = keyOf(values)
      const known = left.get(at)
      left.delete(at)
      if (known?.every((value, i) => value === values[i]) !== true) upsert.run(id, toStore(base, values))
    }
    for (const values of left.values()) remove.run(id, toStore(base, values.slice(0, keys.length)))
  }
}

function valueOf(row: Readonly<Record<string, unknown>>, of: string): Bound {
  const value = row[of.startsWith('+') ? of.slice(1) : of] ?? null
  if (typeof value === 'boolean') return Number(value)
  // A cost has fractions.
  return typeof value === 'number' && of !== 'usd' ? Math.round(value) : (value as Bound)
}

/** better-sqlite3 binds a number beyond 32 bits as a real. */
const storable = (value: Bound): Bound =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) >= 2 ** 31 ? BigInt(value) : value
