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

/**
 * Loads trees, keeping the last one until anything is committed: a view asks for the same session's rows, spans and details in a row.
 * A live session's rows are made anew once a second, because a state changes by silence alone; its spans are kept all the same.
 */
export function treeLoader(db: Db, silenceMs: number): TreeLoader {
  let kept: { id: string; version: unknown; untilMs: number; loaded: LoadedTree } | null = null
  return (id) => {
    const version: unknown = db.pragma('data_version', { simple: true })
    const isCurrent = kept !== null && kept.id === id && kept.version === version
    if (kept !== null && isCurrent && Date.now() < kept.untilMs) return kept.loaded
    const loaded = load(db, id, silenceMs, isCurrent ? (kept?.loaded.spans ?? null) : null)
    const isLive = loaded.facts.sessions.some(({ state }) => state === 'live')
    kept = { id, version, untilMs: isLive ? Date.now() + 1000 : Infinity, loaded }
    return loaded
  }
}

function load(db: Db, id: string, silenceMs: number, known: SpanTable | null): LoadedTree {
  return db.transaction(() => {
    const { facts, base } = readTreeFacts(db, id, silenceMs)
    const ids = facts.sessions.map((session) => session.id)
    const spans = known ?? readSpans(db, ids, base)
    return { facts, spans, tree: buildTree(facts, spans) }
  })()
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
