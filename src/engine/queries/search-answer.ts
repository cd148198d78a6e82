import type { Value } from '../../contract/index.ts'
import { searchedSpansLimit } from '../../contract/tree.ts'
import { spanIdOf } from '../../model/block/session-block.ts'
import type { Db } from '../store/database.ts'
import type { Found } from './body-scan.ts'
import { rowsByLog } from './log-rows.ts'
import type { SearchIndex } from './search-index.ts'
import type { LoadedTree } from './session-tree.ts'

/** The rows, spans and logs of what was found, in the order of `found`; records of other sessions in the same bodies drop out. */
export function searchAnswer(
  db: Db,
  loaded: LoadedTree,
  index: SearchIndex,
  found: readonly Found[],
): Value<'session.search'> {
  const { rows } = loaded.tree
  const spansOfRow = new Uint32Array(rows.length)
  const logsOfRow = new Uint32Array(rows.length)
  const spansOfTrace = new Map<number, string[]>()
  let spanCount = 0
  for (const span of spansIn(index, found)) {
    const row = loaded.tree.rowOfSpan[span] ?? -1
    if (row < 0) continue
    spansOfRow[row] = (spansOfRow[row] ?? 0) + 1
    if (spanCount++ >= searchedSpansLimit) continue
    const trace = loaded.spans.trace[span] ?? 0
    const ids = spansOfTrace.get(trace) ?? []
    spansOfTrace.set(trace, ids)
    ids.push(spanIdOf(loaded.spans.idHigh[span] ?? 0, loaded.spans.idLow[span] ?? 0))
  }
  let logCount = 0
  for (const row of rowsOfLogs(db, loaded, index, found)) {
    logsOfRow[row] = (logsOfRow[row] ?? 0) + 1
    logCount++
  }
  const counted = rows.map(({ id }, row) => ({ rowId: id, spans: spansOfRow[row] ?? 0, logs: logsOfRow[row] ?? 0 }))
  const traceIdOf = db.prepare<[number], Buffer>('SELECT trace_id FROM trace WHERE id = ?').pluck()
  const spans = Array.from(spansOfTrace, ([trace, spanIds]) => ({
    traceId: traceIdOf.get(trace)?.toString('hex') ?? '',
    spanIds,
  }))
  return { rows: counted.filter((row) => row.spans + row.logs > 0), spans, spanCount, logCount }
}

function* spansIn({ spans }: SearchIndex, found: readonly Found[]): Generator<number> {
  for (const { body, places } of found) if (body < spans.bodies.length) yield* spans.entriesAt(body, places)
}

function* rowsOfLogs(
  db: Db,
  { tree, facts }: LoadedTree,
  index: SearchIndex,
  found: readonly Found[],
): Generator<number> {
  const { logs, logTable } = index
  const select = db.prepare<[number], string>('SELECT text FROM name WHERE id = ?').pluck()
  const names = new Map<number, string>()
  const nameOf = (id: number): string => {
    const name = names.get(id) ?? select.get(id) ?? ''
    names.set(id, name)
    return name
  }
  const rowOf = rowsByLog(tree.rows)
  for (const { body, places, calls } of found) {
    if (body < index.spans.bodies.length) continue
    for (const entry of logs.entriesAt(body - index.spans.bodies.length, places))
      yield rowOf({
        timeMs: logTable.timeMs[entry] ?? 0,
        sessionId: facts.sessions[logTable.session[entry] ?? 0]?.id ?? '',
        event: nameOf(logTable.name[entry] ?? 0),
        callId: calls.get(logTable.at[entry] ?? -1) ?? null,
      })
  }
}
