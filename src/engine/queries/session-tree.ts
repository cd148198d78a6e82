import { hash } from 'node:crypto'
import type { RawSpanRow } from '../../contract/tree.ts'
import { ProcedureError } from '../../contract/result.ts'
import { spanIdOf } from '../../model/block/session-block.ts'
import { buildTree, type Tree } from '../../model/tree/build.ts'
import type { TreeFacts } from '../../model/tree/facts.ts'
import type { TreeRow } from '../../model/tree/row.ts'
import type { Db } from '../store/database.ts'
import { displayOrder } from './span-order.ts'
import { readTreeFacts } from './tree-facts.ts'
import { readSpans, type SpanTable } from './tree-spans.ts'

export interface LoadedTree {
  readonly facts: TreeFacts
  readonly tree: Tree
  readonly spans: SpanTable
}

export type TreeLoader = (id: string) => LoadedTree

/** A tree, and what it was made of: the same facts and the same records make the same tree. */
interface MadeTree {
  readonly loaded: LoadedTree
  readonly factsHash: string
  readonly records: string
}

/**
 * Loads trees, keeping the last one: a view asks for the same session's rows, spans and details in a row. Nothing is looked at until
 * anything is committed, and then its facts, which takes 10 ms where reading a million spans and folding them takes a second: the
 * spans of a trace are kept until a record of it has come or gone, the rows until a fact is another. A live session's facts are looked
 * at once a second anyway, because a state changes by silence alone.
 */
export function treeLoader(db: Db, silenceMs: number): TreeLoader {
  let kept: { id: string; version: unknown; untilMs: number; made: MadeTree } | null = null
  return (id) => {
    // Before the read: what is committed in between is looked for again the next time.
    const version: unknown = db.pragma('data_version', { simple: true })
    const own = kept !== null && kept.id === id ? kept : null
    if (own !== null && own.version === version && Date.now() < own.untilMs) return own.made.loaded
    const made = db.transaction(() => make(db, id, silenceMs, own?.made ?? null))()
    const isLive = made.loaded.facts.sessions.some(({ state }) => state === 'live')
    kept = { id, version, untilMs: isLive ? Date.now() + 1000 : Infinity, made }
    return made.loaded
  }
}

function make(db: Db, id: string, silenceMs: number, known: MadeTree | null): MadeTree {
  const { facts, base } = readTreeFacts(db, id, silenceMs)
  const ids = facts.sessions.map((session) => session.id)
  const records = recordsKey(db, ids, base)
  // Without `places` of an application's session, which follow from its calls and steps.
  const factsHash = hash('sha256', JSON.stringify(facts))
  const isSame = known !== null && known.records === records
  if (isSame && known.factsHash === factsHash) return known
  const spans = isSame ? known.loaded.spans : readSpans(db, ids, base, known?.loaded.spans ?? null)
  return { loaded: { facts, spans, tree: buildTree(facts, spans) }, factsHash, records }
}

/**
 * Equal for as long as the spans and logs of these sessions are: whoever changes one draws the version of its conversation anew, in
 * the same transaction. Times are kept relative to `base`, and logs by the place of their session in the order of `ids`.
 */
function recordsKey(db: Db, ids: readonly string[], base: bigint): string {
  const versions = db
    .prepare<[string], string>(
      `SELECT key || ' ' || version FROM conversation WHERE id IN (SELECT value FROM json_each(?)) ORDER BY key`,
    )
    .pluck()
    .all(JSON.stringify(ids))
  return JSON.stringify([String(base), ids, versions])
}

export function findRow({ tree }: LoadedTree, rowId: string): { row: TreeRow; index: number } {
  const index = tree.rows.findIndex(({ id }) => id === rowId)
  const row = tree.rows[index]
  if (row === undefined) throw new ProcedureError('not_found', `no row ${rowId}`)
  return { row, index }
}

/** The raw spans folded into one row, each below its parent where that is in the same row, siblings by start. */
export function spansOfRow(db: Db, loaded: LoadedTree, rowId: string): RawSpanRow[] {
  const { index } = findRow(loaded, rowId)
  const { spans, tree, facts } = loaded
  const members: number[] = []
  tree.rowOfSpan.forEach((row, span) => row === index && members.push(span))
  const { sorted, depth } = displayOrder(spans, tree.rowOfSpan, tree.rows.length, Uint32Array.from(members))
  const nameOf = db.prepare<[number], string>('SELECT text FROM name WHERE id = ?').pluck()
  const traceOf = db.prepare<[number], Buffer>('SELECT trace_id FROM trace WHERE id = ?').pluck()
  return Array.from(sorted, (span, at) => describe(span, depth[at] ?? 0))

  function describe(span: number, depth: number): RawSpanRow {
    const parent = spans.parent[span] ?? -1
    return {
      traceId: (traceOf.get(spans.trace[span] ?? 0) ?? Buffer.alloc(0)).toString('hex'),
      spanId: spanIdOf(spans.idHigh[span] ?? 0, spans.idLow[span] ?? 0),
      parentSpanId: parent < 0 ? null : spanIdOf(spans.idHigh[parent] ?? 0, spans.idLow[parent] ?? 0),
      depth,
      name: nameOf.get(spans.name[span] ?? 0) ?? '',
      startMs: facts.baseMs + (spans.start[span] ?? 0) / 1e6,
      durationMs: ((spans.end[span] ?? 0) - (spans.start[span] ?? 0)) / 1e6,
      error: ((spans.flags[span] ?? 0) >> 4) % 4 === 2,
    }
  }
}
