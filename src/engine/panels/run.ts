import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Behind } from '../../model/panels/behind.ts'
import { panels } from '../../model/panels/index.ts'
import { bucket, type Panel } from '../../model/panels/panel.ts'
import type { Db } from '../store/database.ts'
import { addAggregates } from './aggregates.ts'
import { addBucketStart } from './bucket-start.ts'
import { logReader } from '../queries/logs-read.ts'
import { calledIn } from './called-in.ts'
import { bucketsOf, type Buckets } from './cut.ts'
import { tellLogs } from './tell-logs.ts'
import { bindingsOf, sourcesOf, statementOf } from './statement.ts'

/** Of a panel that is not over time. */
const uncut: Buckets = { bucketMs: 0, edgesMs: [] }
const byId = new Map(panels.map((panel) => [panel.id, panel]))

export function listPanels(): Value<'panel.list'> {
  return {
    panels: panels.map(({ row: _row, tells: _tells, by = [], behind = {}, ...panel }) => ({
      ...panel,
      by: [...by],
      behind: Object.fromEntries(Object.entries(behind).map(([figure, of]) => [figure, shownOf(of)])),
      sources: sourcesOf(panel.sql),
    })),
  }
}

function shownOf(behind: Behind | undefined): Value<'panel.list'>['panels'][number]['behind'][string] {
  if (behind === undefined) throw new Error('a figure without anything behind it')
  return behind.is === 'metric' ? behind : { is: behind.is }
}

/** Runs panels; the page names one, and only parameters are bound. Statements are prepared once. */
export function panelRunner(db: Db, silenceMs: number): (params: ParsedParams<'panel.run'>) => Value<'panel.run'> {
  addAggregates(db)
  const cutInto = addBucketStart(db)
  const logs = logReader(db)
  const statements = new Map<string, ReturnType<Db['prepare']>>()
  const statementFor = (panel: Panel): ReturnType<Db['prepare']> => {
    const known = statements.get(panel.id) ?? db.prepare(statementOf(panel))
    statements.set(panel.id, known)
    return known
  }
  return (params) => {
    const panel = byId.get(params.panel)
    if (panel === undefined) throw new ProcedureError('not_found', `there is no panel ${params.panel}`)
    const { fromMs, toMs } = params
    if (!(fromMs < toMs))
      throw new ProcedureError('bad_request', 'the range ends before it begins: fromMs must be less than toMs')
    const buckets = panel.sql.includes(bucket) ? bucketsOf(params) : uncut
    cutInto(buckets.edgesMs)
    const range = panel.lastMs === undefined ? params : { ...params, fromMs: Math.max(0, toMs - panel.lastMs) }
    const cuts = panel.lastMs === undefined ? buckets.edgesMs : 'everywhere'
    const found = statementFor(panel)
      .all(bindingsOf(db, panel, range, { cuts, silenceMs }))
      .map((row) => panel.row.parse(row))
    const rows = panel.tells === undefined ? found : tellLogs(logs, found, panel.tells)
    const { unit, meaning, excluded } = panel
    return { rows, sessions: calledIn(db, rows), unit, meaning, excluded, ...buckets }
  }
}
