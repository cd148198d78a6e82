import { packSession, type BlockLogs, type BlockSpans } from '../../model/block/session-block.ts'
import { buildTree } from '../../model/tree/build.ts'
import type { Db } from '../store/database.ts'
import type { LoadedTree } from './session-tree.ts'
import { displayOrder } from './span-order.ts'
import { readTreeFacts } from './tree-facts.ts'
import { noSpans } from './tree-spans.ts'

/** The rows alone, from the facts: there at once however many raw spans a session has. */
export function rowsBlock(db: Db, id: string, silenceMs: number): Uint8Array<ArrayBuffer> {
  const { facts } = readTreeFacts(db, id, silenceMs)
  const tree = buildTree(facts, noSpans())
  const { startMs, endMs } = tree
  const meta = { baseMs: facts.baseMs, startMs, endMs, hasSpans: false, spanCount: 0, names: [], traces: [] }
  return packSession(meta, tree, null)
}

/** Rows and every raw span behind them. */
export function wholeBlock(db: Db, { facts, tree, spans }: LoadedTree): Uint8Array<ArrayBuffer> {
  const order = displayOrder(spans, tree.rowOfSpan, tree.rows.length)
  const names = new Numbering(db.prepare<[number], string>('SELECT text FROM name WHERE id = ?').pluck(), String)
  const traces = new Numbering(
    db.prepare<[number], Buffer>('SELECT trace_id FROM trace WHERE id = ?').pluck(),
    (id: unknown) => (id as Buffer).toString('hex'),
  )
  const { sorted, depth, endOfRow } = order
  const take = <T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
    column: T,
    value: (span: number) => number,
  ): T => {
    for (let i = 0; i < sorted.length; i++) column[i] = value(sorted[i] ?? 0)
    return column
  }
  const count = sorted.length
  const columns: BlockSpans = {
    endOfRow,
    depth,
    start: take(new Float64Array(count), (span) => (spans.start[span] ?? 0) / 1e6),
    duration: take(new Float64Array(count), (span) => ((spans.end[span] ?? 0) - (spans.start[span] ?? 0)) / 1e6),
    name: take(new Uint32Array(count), (span) => names.of(spans.name[span] ?? 0)),
    flags: take(new Uint8Array(count), (span) => flagsOf(spans.flags[span] ?? 0)),
    trace: take(new Uint32Array(count), (span) => traces.of(spans.trace[span] ?? 0)),
    idHigh: take(new Int32Array(count), (span) => spans.idHigh[span] ?? 0),
    idLow: take(new Uint32Array(count), (span) => spans.idLow[span] ?? 0),
  }
  const logs = readLogs(db, { facts, tree, spans }, names)
  const { startMs, endMs, spanCount } = tree
  const meta = {
    baseMs: facts.baseMs,
    startMs,
    endMs,
    hasSpans: true,
    spanCount,
    names: names.texts,
    traces: traces.texts,
  }
  return packSession(meta, tree, { spans: columns, logs })
}

function readLogs(db: Db, { facts, tree }: LoadedTree, names: Numbering): BlockLogs {
  const select = db
    .prepare<unknown[], [number, number, number]>(
      `SELECT (time_ns - ?) / 1e6, name, severity FROM log
       WHERE conversation = (SELECT key FROM conversation WHERE id = ?) ORDER BY time_ns`,
    )
    .raw()
  const base = BigInt(Math.round(facts.baseMs * 1e3)) * 1000n
  const found: { time: number; name: number; severity: number; root: number }[] = []
  for (const { id } of facts.sessions) {
    const root = tree.rows.findIndex((row) => row.kind === 'session_loop' && row.sessionId === id)
    for (const [time, name, severity] of select.iterate(base, id))
      found.push({ time, name: names.of(name), severity, root: Math.max(0, root) })
  }
  if (facts.sessions.length > 1) found.sort((a, b) => a.time - b.time)
  return {
    time: Float64Array.from(found, ({ time }) => time),
    root: Uint32Array.from(found, ({ root }) => root),
    name: Uint32Array.from(found, ({ name }) => name),
    severity: Uint8Array.from(found, ({ severity }) => Math.min(severity, 255)),
  }
}

function flagsOf(stored: number): number {
  return ((stored >> 4) % 4 === 2 ? 1 : 0) | ((stored & 64) !== 0 ? 2 : 0)
}

/** Database ids as small numbers in the order of first use, with the text behind each. */
class Numbering {
  readonly texts: string[] = []
  readonly #numbers = new Map<number, number>()
  readonly #find: { get(id: number): unknown }
  readonly #toText: (value: unknown) => string

  constructor(find: { get(id: number): unknown }, toText: (value: unknown) => string) {
    this.#find = find
    this.#toText = toText
  }

  of(id: number): number {
    const known = this.#numbers.get(id)
    if (known !== undefined) return known
    const number = this.texts.length
    this.#numbers.set(id, number)
    this.texts.push(this.#toText(this.#find.get(id) ?? ''))
    return number
  }
}
