import type { Value } from '../../contract/index.ts'
import type { Db } from '../store/database.ts'
import type { TreeLoader } from './session-tree.ts'
import { familyOf } from './tree-facts.ts'

type Counts = Pick<Value<'session.get'>, 'spanCount' | 'logCount' | 'traceCount'>

/**
 * How many raw records stand behind a session and the helpers below it. A trace that names only them is all theirs, and is counted
 * where it lies; which spans of a trace are theirs when it names others too, only the tree can tell.
 */
export function sessionCounts(db: Db, loadTree: TreeLoader, id: string): Counts {
  const keys = db
    .prepare<[string], number>('SELECT key FROM conversation WHERE id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify(familyOf(db, id)))
  const bound = { keys: JSON.stringify(keys) }
  const logCount = db.prepare<object, number>(countLogs).pluck().get(bound) ?? 0
  if (db.prepare<object, number>(sharesTraces).pluck().get(bound) === 1)
    return { ...countInTree(loadTree(id)), logCount }
  const counts = db.prepare<object, number>(countSpans).pluck().all(bound)
  return {
    spanCount: counts.reduce((sum, count) => sum + count, 0),
    logCount,
    traceCount: counts.filter((count) => count > 0).length,
  }
}

const ofFamily = 'SELECT value FROM json_each(@keys)'

const countLogs = `SELECT count(*) FROM log WHERE conversation IN (${ofFamily})`

const countSpans = `
  SELECT (SELECT count(*) FROM span WHERE span.trace = own.trace)
  FROM (SELECT DISTINCT trace FROM trace_conversation WHERE conversation IN (${ofFamily})) AS own`

const sharesTraces = `
  SELECT EXISTS (
    SELECT 1 FROM trace_conversation AS own JOIN trace_conversation AS other ON other.trace = own.trace
    WHERE own.conversation IN (${ofFamily}) AND other.conversation NOT IN (${ofFamily}))`

function countInTree({ tree, spans }: ReturnType<TreeLoader>): Pick<Counts, 'spanCount' | 'traceCount'> {
  const traces = new Set<number>()
  tree.rowOfSpan.forEach((row, span) => row >= 0 && traces.add(spans.trace[span] ?? 0))
  return { spanCount: tree.spanCount, traceCount: traces.size }
}
