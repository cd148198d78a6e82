import type { ParsedParams } from '../../contract/index.ts'
import type { Panel } from '../../model/panels/panel.ts'
import { fittingSessions } from '../filters/fitting-sessions.ts'
import type { Db } from '../store/database.ts'
import { appSources } from './app-sources.ts'
import { dimensionsOf } from './dimensions.ts'
import { segmentsOf, type Cuts } from './segments.ts'
import { commonSql, everyDimension, sources, sourceSql } from './sources.ts'

/** How a SELECT over the sources of panels is put and bound. Without the panels themselves, which who only sums up does not need. */

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
    ...segmentsOf(db, fromMs, toMs, cuts, sessions),
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
