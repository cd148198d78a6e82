import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Filters } from '../../model/panels/filters.ts'
import { repositoryName } from '../../model/codex/repository.ts'
import { longFromMs } from '../../model/session/long.ts'
import type { Difference } from '../../model/session/witness.ts'
import { sessionKind, type SessionSummary } from '../../model/session/summary.ts'
import { fittingSessions } from '../filters/fitting-sessions.ts'
import { branchSql, placeSql, placesOf } from '../filters/repositories.ts'
import { dimensionsOf } from '../panels/dimensions.ts'
import type { Db } from '../store/database.ts'
import { titleOf, titlesFrom } from './called.ts'
import { summaryColumns, summaryOf, type SessionRow } from './session-summary.ts'
import { attributesByKey } from './session-attributes.ts'
import { byUserOf, byUserSql } from '../store/user-marks.ts'

interface StoredRow extends SessionRow {
  sample: number
  witness: SessionSummary['witness']
  differences: number
  byUser: string | null
  /** JSON: address, branch, commit. */
  git: string | null
}

const columns = `
  ${summaryColumns},
  sample, witness, (SELECT coalesce(sum(value ->> 'count'), 0) FROM json_each(differences)) AS differences, ${byUserSql} AS byUser,
  (SELECT json_array(repository, branch, git_commit) FROM rollout_thread WHERE session_id = session.id
     AND coalesce(repository, branch, git_commit) NOT NULL ORDER BY at_ms, rollout_id LIMIT 1) AS git`

/** Literals, so that the index over kinds is used: an application without conversations has as many sessions as traces. */
export function kindsShown(apps: 'codex' | 'genai' | 'all', helpers: boolean): string {
  const codex = helpers ? sessionKind.options.filter((kind) => kind !== 'app') : ['user']
  const shown = apps === 'codex' ? codex : apps === 'genai' ? ['app'] : [...codex, 'app']
  return shown.map((kind) => `'${kind}'`).join(', ')
}

/** What a list may be narrowed by: only what is asked for is in the statement, so that SQLite counts from an index where it can. */
const conditions = {
  fromMs: 'last_ns >= @fromMs * 1e6',
  toMs: 'first_ns < @toMs * 1e6',
  dimensions: 'dimension IN (SELECT value FROM json_each(@dimensions))',
  fitting: 'id IN (SELECT value FROM json_each(@fitting))',
  places: `${placeSql} IN (SELECT value FROM json_each(@places))`,
  branch: `${branchSql} = @branch`,
  witness: 'witness = @witness',
  tool: `EXISTS (
    SELECT 1 FROM tool_call WHERE session_id = session.id AND coalesce(tool, span_tool, '') = @tool
    UNION ALL SELECT 1 FROM genai_step WHERE session_id = session.id AND genai_step.kind = 'tool' AND name = @tool)`,
  pattern: `(id IN (SELECT value FROM json_each(@held)) OR id LIKE @pattern ESCAPE '\\' OR title LIKE @pattern ESCAPE '\\' OR folder LIKE @pattern ESCAPE '\\'
    OR EXISTS (SELECT 1 FROM session_attribute WHERE session_id = session.id AND value LIKE @pattern ESCAPE '\\')
    OR EXISTS (SELECT 1 FROM user_mark WHERE session_id = session.id AND (name LIKE @pattern ESCAPE '\\' OR note LIKE @pattern ESCAPE '\\'))
    OR EXISTS (SELECT 1 FROM user_tag WHERE session_id = session.id AND tag LIKE @pattern ESCAPE '\\')
    OR EXISTS (SELECT 1 FROM prompt WHERE session_id = session.id AND text LIKE @pattern ESCAPE '\\')
    OR EXISTS (SELECT 1 FROM genai_step WHERE session_id = session.id AND genai_step.kind = 'prompt' AND summary LIKE @pattern ESCAPE '\\'))`,
}
type Bound = Readonly<Record<keyof typeof conditions | 'held', string | number | null>>

function whereOf(kinds: string, bound: Bound): string {
  const asked = Object.entries(conditions).filter(([name]) => bound[name as keyof Bound] !== null)
  return [`kind IN (${kinds})`, ...asked.map(([, sql]) => sql)].join(' AND ')
}

/** Sessions whose given titles hold the words, case ignored. */
function titled(db: Db, words: string): readonly string[] {
  const sought = words.toLowerCase()
  const given = [...titlesFrom(db).given()]
  return given.filter(([, title]) => title.toLowerCase().includes(sought)).map(([id]) => id)
}

/** `held`: sessions whose files are known to hold the words that are searched for. */
export type ListParams = ParsedParams<'session.list'> & { readonly held?: readonly string[] }

export function sessionList(db: Db, params: ListParams, silenceMs: number): Value<'session.list'> {
  if (params.witness === 'differ') {
    const { witness: _, filters = { helpers: true }, ...others } = params
    return sessionList(db, { ...others, filters: { ...filters, witness: ['differ'] } }, silenceMs)
  }
  const {
    apps = 'codex',
    helpers,
    limit,
    offset,
    search,
    fromMs,
    toMs,
    filters,
    tool,
    witness,
    repository,
    branch,
    attributes: keys = [],
  } = params
  const words = search?.trim() ?? ''
  const bound: Bound = {
    fromMs: fromMs ?? null,
    toMs: toMs ?? null,
    dimensions: filters === undefined ? null : dimensionIds(db, apps, filters),
    fitting: filters === undefined ? null : fittingSessions(db, filters, silenceMs),
    tool: tool ?? null,
    witness: witness ?? null,
    pattern: words === '' ? null : likePattern(words),
    held: JSON.stringify([...(params.held ?? []), ...(words === '' ? [] : titled(db, words))]),
    places: repository === undefined ? null : placesOf(db, [repository]),
    branch: branch ?? null,
  }
  const where = whereOf(kindsShown(apps, helpers), bound)
  // Which they are first, for that an index tells: of those that are gone past no more is read.
  const ids = `SELECT id FROM session WHERE ${where} ORDER BY first_ns DESC, id DESC LIMIT @limit OFFSET @offset`
  const rows = db
    .prepare<object, StoredRow>(`SELECT ${columns} FROM session WHERE id IN (${ids}) ORDER BY first_ns DESC, id DESC`)
    .all({ ...bound, limit, offset })
  const total = db.prepare<object, number>(`SELECT count(*) FROM session WHERE ${where}`).pluck().get(bound) ?? 0
  const attributesOf = attributesByKey(
    db,
    rows.map(({ id }) => id),
    keys,
  )
  const sessions = rows.map((row) => {
    const attributes = attributesOf.get(row.id)
    return { ...summarise(db, row, silenceMs), ...(attributes === undefined ? {} : { attributes: [...attributes] }) }
  })
  return { sessions, total, longMs: longFromMs(latestWalls(db)) }
}

/** Those of the user's latest sessions: enough to know them by, and read in two milliseconds. */
function latestWalls(db: Db): number[] {
  return db
    .prepare<[], number>(
      `SELECT (last_ns - first_ns) / 1e6 FROM session INDEXED BY session_kind WHERE kind = 'user' ORDER BY first_ns DESC LIMIT 1000`,
    )
    .pluck()
    .all()
}

export function findSession(db: Db, id: string, silenceMs: number): SessionSummary | null {
  const row = db.prepare<[string], StoredRow>(`SELECT ${columns} FROM session WHERE id = ?`).get(id)
  return row === undefined ? null : summarise(db, row, silenceMs)
}

/** What one witness of the session has and the other one should. */
export function differencesWithin(db: Db, id: string): Difference[] {
  const json = db.prepare<[string], string>('SELECT differences FROM session WHERE id = ?').pluck().get(id)
  return JSON.parse(json ?? '[]') as Difference[]
}

/** Ids of the combinations of values that the filters let through, as JSON; a session has its own once it is settled. */
function dimensionIds(db: Db, apps: 'codex' | 'genai' | 'all', filters: Filters): string {
  const dashboards = apps === 'all' ? (['codex', 'genai'] as const) : [apps]
  return JSON.stringify(
    dashboards.flatMap((dashboard) => JSON.parse(dimensionsOf(db, dashboard, filters).ofModels) as number[]),
  )
}

function gitOf(json: string | null): Pick<SessionSummary, 'repository' | 'branch' | 'commit'> {
  const [address = null, branch = null, commit = null] = (json === null ? [] : JSON.parse(json)) as (string | null)[]
  return { repository: address === null ? null : repositoryName(address), branch, commit }
}

export function likePattern(words: string): string {
  return `%${words.replace(/[\\%_]/g, '\\$&')}%`
}

function summarise(db: Db, row: StoredRow, silenceMs: number): SessionSummary {
  const { sample, witness, differences, byUser, git, ...told } = row
  const summary = summaryOf(told, Date.now(), silenceMs)
  return {
    ...summary,
    ...gitOf(git),
    witness,
    byUser: byUserOf(byUser),
    title: titleOf(db, { id: row.id, title: row.title, witness }),
    sample: sample === 1,
    // What has not arrived yet is no difference.
    differences: summary.state === 'live' ? 0 : differences,
  }
}
