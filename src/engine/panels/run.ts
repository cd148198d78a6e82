import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Behind } from '../../model/panels/behind.ts'
import { panels } from '../../model/panels/index.ts'
import { bucket, type Panel } from '../../model/panels/panel.ts'
import type { Db } from '../store/database.ts'
import { addAggregates } from './aggregates.ts'
import { addBucketStart } from './bucket-start.ts'
import { bucketsOf, type Buckets } from './cut.ts'
import { fittingSessions } from '../filters/fitting-sessions.ts'
import { dimensionsOf } from './dimensions.ts'
import { segmentsOf, type Cuts } from './segments.ts'
import { appSources, commonSql, everyDimension, sources, sourceSql } from './sources.ts'

/** Of a panel that is not over time. */
const uncut: Buckets = { bucketMs: 0, edgesMs: [] }
const byId = new Map(panels.map((panel) => [panel.id, panel]))

/** The SELECT with the sources that it names before it. */
export function statementOf({ sql }: Pick<Panel, 'sql'>): string {
  return `WITH ${sourcesOf(sql)}\n${sql}`
}

/** The common table expressions that a SELECT names. */
export function sourcesOf(sql: string): string {
  const names = (name: string): boolean => new RegExp(`\\b(FROM|JOIN) ${name}\\b`).test(sql)
  return [
    commonSql.trim(),
    ...sources.filter(({ name }) => names(name)).map(sourceSql),
    ...Object.entries(appSources).flatMap(([name, source]) => (names(name) ? [source] : [])),
  ].join(',\n')
}

export function listPanels(): Value<'panel.list'> {
  return {
    panels: panels.map(({ row: _row, by = [], behind = {}, ...panel }) => ({
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
    const rows = statementFor(panel).all(bindingsOf(db, panel, range, { cuts, silenceMs }))
    const { unit, meaning, excluded } = panel
    return { rows: rows.map((row) => panel.row.parse(row)), unit, meaning, excluded, ...buckets }
  }
}

export function bindingsOf(
  db: Db,
  { dashboard, sql }: Pick<Panel, 'dashboard' | 'sql'>,
  { fromMs, toMs, filters }: Pick<ParsedParams<'panel.run'>, 'fromMs' | 'toMs' | 'filters'>,
  { cuts, silenceMs }: { readonly cuts: Cuts; readonly silenceMs: number },
): Record<string, unknown> {
  const { any, ofModels } = dimensionsOf(db, dashboard, filters)
  const { model, helpers, ...others } = filters
  // Facts of Codex are in no table of applications, so all that were summed up are all of its own.
  const every = helpers && Object.values(others).every((field) => field === undefined) && !/\bdimension\b/.test(sql)
  const sessions = fittingSessions(db, filters, silenceMs)
  const all = JSON.stringify([everyDimension])
  return {
    // Sums are of all sessions of a dimension.
    ...segmentsOf(db, fromMs, toMs, sessions === null ? cuts : 'everywhere'),
    sessions,
    longestNs: longestSession(db),
    dimensions: any,
    modelDimensions: ofModels,
    rolledDimensions: every ? all : any,
    rolledModelDimensions: every && model === undefined ? all : ofModels,
    models: listOf(filters.model),
    environments: listOf(filters.environment),
    originators: listOf(filters.originator),
    services: listOf(filters.source),
    users: listOf(filters.user),
    projects: listOf(filters.project),
    versions: listOf(filters.appVersion),
    terminals: listOf(filters.terminal),
    fromMs: BigInt(Math.ceil(fromMs)),
    toMs: BigInt(Math.ceil(toMs)),
    fromNs: BigInt(Math.ceil(fromMs)) * 1_000_000n,
    toNs: BigInt(Math.ceil(toMs)) * 1_000_000n,
    fromMinute: BigInt(Math.ceil(fromMs / 60_000)),
    toMinute: BigInt(Math.ceil(toMs / 60_000)),
  }
}

/** One more than the nanoseconds that the longest session lasts; SQLite reads them off one index. */
function longestSession(db: Db): bigint {
  const longest = db
    .prepare<[], bigint | null>('SELECT max(last_ns - first_ns) FROM session')
    .pluck()
    .safeIntegers(true)
    .get()
  return (longest ?? 0n) + 1n
}

function listOf(values: readonly string[] | undefined): string | null {
  return values === undefined ? null : JSON.stringify(values)
}
