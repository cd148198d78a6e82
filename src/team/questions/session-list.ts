import type { ParsedParams, Value } from '../../contract/index.ts'
import { kindsShown, likePattern } from '../../engine/queries/session-list.ts'
import { summaryColumns, summaryOf, type SessionRow } from '../../engine/queries/session-summary.ts'
import { saidNothing } from '../../model/session/by-user.ts'
import { longFromMs } from '../../model/session/long.ts'
import type { Params, TeamReader } from '../connection.ts'
import { nanoseconds } from '../records/bounds.ts'
import { chunksOf } from '../records/chunks.ts'
import { conditionsOf, having, paramsOfFilters } from './session-filters.ts'

type ListParams = ParsedParams<'session.list'>

/** The sessions of a team (`table`: `sessionsNow`), as `session.list` answers at home. What lies at home alone (names, branches of session files) is not in them. */
export async function sessionList(
  facts: TeamReader,
  table: string,
  params: ListParams,
  silenceMs: number,
): Promise<Value<'session.list'>> {
  const { apps = 'codex', helpers, limit, offset, attributes: keys = [] } = params
  const nowMs = Date.now()
  const conditions = [`kind IN (${kindsShown(apps, helpers)})`, ...asked(params)]
  const where = conditions.map((sql) => `(${sql})`).join(' AND ')
  const bound = { ...boundOf(params, nowMs, silenceMs), limit, offset }
  const from = `FROM ${table} WHERE ${where}`
  const rows = await facts.rows<SessionRow>(
    `SELECT ${summaryColumns} ${from} ORDER BY first_ns DESC, id DESC LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
    bound,
  )
  const [counted] = await facts.rows<{ total: string }>(`SELECT toString(count()) AS total ${from}`, bound)
  const attributes = await attributesOf(
    facts,
    rows.map(({ id }) => id),
    keys,
  )
  const sessions = rows.map((row) => {
    const own = attributes.get(row.id)
    return {
      ...summaryOf(numbersOf(row), nowMs, silenceMs),
      ...{ repository: null, branch: null, commit: null, byUser: saidNothing },
      ...{ witness: 'telemetry' as const, sample: false, differences: 0 },
      ...(own === undefined ? {} : { attributes: own }),
    }
  })
  return { sessions, total: Number(counted?.total ?? 0), longMs: longFromMs(await latestWalls(facts)) }
}

/** Those of the team's latest sessions, as at home of the user's. */
async function latestWalls(facts: TeamReader): Promise<number[]> {
  const rows = await facts.rows<{ wallMs: number }>(
    `SELECT (last_ns - first_ns) / 1e6 AS wallMs FROM colophon_sessions FINAL WHERE kind = 'user'
     ORDER BY first_ns DESC LIMIT 1000`,
    {},
  )
  return rows.map(({ wallMs }) => wallMs)
}

function asked({ search, fromMs, toMs, filters, tool, repository, branch, witness }: ListParams): readonly string[] {
  const words = search?.trim() ?? ''
  return [
    ...(fromMs === undefined ? [] : ['last_ns >= {fromNs:Int64}']),
    ...(toMs === undefined ? [] : ['first_ns < {toNs:Int64}']),
    ...(filters === undefined ? [] : conditionsOf(filters)),
    // As at home, a filter without helpers leaves them out of a list that would have them.
    ...(filters?.helpers === false ? ["kind = 'user'"] : []),
    ...(tool === undefined ? [] : [having('colophon_tool_calls', "coalesce(tool, span_tool, '') = {tool:String}")]),
    ...(words === '' ? [] : [matches]),
    // A folder stands for a repository where no address of one is known, and here none is.
    ...(repository === undefined ? [] : ['folder = {repository:String}']),
    ...(branch === undefined && (witness === undefined || witness === 'telemetry') ? [] : ['false']),
  ]
}

const matches = [
  ...['id', 'title', 'folder'].map((column) => `${column} ILIKE {pattern:String}`),
  having('colophon_session_attributes', 'value ILIKE {pattern:String}'),
  having('colophon_prompts', 'text ILIKE {pattern:String}'),
].join(' OR ')

function boundOf(
  { search, fromMs, toMs, filters, tool, repository }: ListParams,
  nowMs: number,
  silenceMs: number,
): Params {
  const given = {
    fromNs: fromMs === undefined ? undefined : String(nanoseconds(fromMs)),
    toNs: toMs === undefined ? undefined : String(nanoseconds(toMs)),
    pattern: search === undefined ? undefined : likePattern(search.trim()),
    ...{ tool, repository },
    ...(filters === undefined ? {} : paramsOfFilters(filters, nowMs, silenceMs)),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

async function attributesOf(
  facts: TeamReader,
  ids: readonly string[],
  keys: readonly string[],
): Promise<ReadonlyMap<string, { key: string; value: string }[]>> {
  const byId = new Map<string, { key: string; value: string }[]>()
  if (keys.length === 0) return byId
  const query = `SELECT DISTINCT session_id AS id, key, value FROM colophon_session_attributes
    WHERE key IN {keys:Array(String)} AND (session_id, revision) IN (
      SELECT id, revision FROM colophon_sessions FINAL WHERE id IN {ids:Array(String)}) ORDER BY key, value`
  for (const some of chunksOf(ids))
    for (const { id, ...said } of await facts.rows<{ id: string; key: string; value: string }>(query, {
      ids: some,
      keys,
    }))
      byId.set(id, [...(byId.get(id) ?? []), said])
  return byId
}

const texts = new Set(
  [
    'id',
    'kind',
    'parentId',
    'endState',
    'title',
    'models',
    'model',
    'effort',
    'user',
    'host',
    'originator',
    'terminal',
  ].concat(['environment', 'appVersion', 'service', 'folder', 'approvalPolicy', 'sandboxPolicy']),
)

/** Servers differ in whether a 64-bit integer is text in JSON; none of these is beyond 2^53. */
function numbersOf(row: SessionRow): SessionRow {
  const read = Object.entries(row).map(([name, value]: [string, unknown]) =>
    texts.has(name) || value === null ? [name, value] : [name, Number(value)],
  )
  return Object.fromEntries(read) as SessionRow
}
