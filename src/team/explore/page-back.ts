import { ProcedureError } from '../../contract/result.ts'
import type { Params } from '../connection.ts'
import type { Range } from '../mirror/facts-source.ts'
import { asParams, type Bounds } from '../records/bounds.ts'
import type { RawTable } from '../records/generation.ts'
import { within } from '../records/spelling.ts'
import { spread } from '../records/spread.ts'
import { rangeNs } from './range.ts'
import { rawTable, type ExploreStore } from './store.ts'

/** A page takes about this long: what is rare is looked for in stretches of time, and to turn away is to ask for no further one. */
const budgetMs = 400
const firstStretchNs = 300_000_000_000n
const growth = 4n

/** Records have no ids there: a moment, and within it a number made of all that a record says. */
export interface Placed {
  readonly timeNs: string
  readonly order: string
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
  readonly lookedBackToMs: number
}

interface Asked extends Range {
  readonly after?: string | undefined
  readonly limit: number
}

/** What `ask` puts into its WHERE, for the parameters that it is given. */
export function backFrom(table: RawTable, order: string): string {
  return `${within(table)} AND (toUnixTimestamp64Nano(Timestamp) < {beforeNs:Int64}
    OR (toUnixTimestamp64Nano(Timestamp) = {beforeNs:Int64} AND ${order} < {beforeOrder:UInt64}))`
}

/** The newest rows of a range before a place in it. `ask`: at most `most` of them between two moments, newest first. */
export async function pageBack<Row extends Placed>(
  store: ExploreStore,
  name: 'otel_logs' | 'otel_traces',
  table: RawTable,
  asked: Asked,
  ask: (params: Params) => Promise<readonly Row[]>,
): Promise<Page<Row>> {
  const range = rangeNs(asked)
  const place = asked.after === undefined ? { ns: range.toNs + 1n, order: '0' } : placeOf(asked.after)
  const there = await spread(store.reader, `${rawTable(name)} WHERE ${within(table)}`, {
    ...{ rawDatabase: store.database, ...asParams({ ...range, toNs: least(place.ns, range.toNs) }) },
  })
  const until = performance.now() + budgetMs
  const rows: Row[] = []
  let before = place
  for (const stretch of there === null ? [] : stretches(there)) {
    const most = asked.limit + 1 - rows.length
    rows.push(...(await ask({ ...asParams(stretch), beforeNs: String(before.ns), beforeOrder: before.order, most })))
    const last = rows[asked.limit - 1]
    if (rows.length > asked.limit && last !== undefined)
      return { rows: rows.slice(0, asked.limit), ...goesOn({ ns: BigInt(last.timeNs), order: last.order }) }
    before = { ns: stretch.fromNs, order: '0' }
    if (stretch.fromNs > (there?.fromNs ?? 0n) && performance.now() > until) return { rows, ...goesOn(before) }
  }
  return { rows, next: null, lookedBackToMs: asked.fromMs }
}

interface Place {
  readonly ns: bigint
  readonly order: string
}

function goesOn({ ns, order }: Place): { next: string; lookedBackToMs: number } {
  return { next: `${String(ns)}:${order}`, lookedBackToMs: Number(ns) / 1e6 }
}

/** From the newest back, each longer than the one before it. */
function* stretches({ fromNs, toNs }: Bounds): Generator<Bounds> {
  let length = firstStretchNs
  for (let end = toNs; end >= fromNs; length *= growth) {
    const begin = end - length > fromNs ? end - length : fromNs
    yield { fromNs: begin, toNs: end }
    end = begin - 1n
  }
}

function placeOf(after: string): Place {
  const [, ns, order] = /^(\d{1,19}):(\d{1,20})$/.exec(after) ?? []
  if (ns === undefined || order === undefined)
    throw new ProcedureError('bad_request', 'after: not a position in this list')
  return { ns: BigInt(ns), order }
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
