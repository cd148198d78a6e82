import { commandTools } from '../../model/ledger/history.ts'
import { among, ofApps, ofSessions, type Origin } from './origins.ts'

/**
 * What panels select from. Each source is the facts of one kind, summed up: whole hours that were rolled come from their `hour_`
 * table, everything else from the facts themselves, so the sums are exact whatever the range. Rolling and reading use the same columns.
 */
export interface Source {
  /** The hour table; its name without `hour_`, in the plural, is the source's. */
  readonly table: string
  readonly name: string
  readonly origin: Origin
  /** The table of the facts, where they are of sessions. */
  readonly fact?: string
  /** Facts as their origin finds them, each called `fact`; a fact's time in nanoseconds. */
  readonly facts: string
  readonly at: string
  /** Columns to group by, sums, and lists of values. */
  readonly keys: Readonly<Record<string, string>>
  readonly sums: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, string>>
}

const told = (fact: string, at: string) => ({
  ...{ origin: ofSessions, fact, at },
  facts: `JOIN ${fact} AS fact ON fact.session_id = session.id AND ${at} >= @from AND ${at} < @to`,
})

/** Tool calls by their time: of one without a result, that of its span. */
const ofTools = told('tool_call', 'coalesce(fact.at_ns, fact.span_end_ns, fact.span_start_ns)')

export const sources: readonly Source[] = [
  {
    table: 'hour_call',
    name: 'calls',
    ...told('api_call', 'fact.at_ns'),
    keys: { model: "coalesce(fact.model, '')", effort: "coalesce(fact.effort, '')" },
    sums: {
      completed: "fact.status = 'completed'",
      failed: "fact.status = 'failed'",
      broken: "fact.status = 'failed' AND fact.echo = 0",
      unpriced: "fact.status = 'completed' AND fact.cost_usd IS NULL",
      input: 'fact.input_tokens',
      cached: 'fact.cached_tokens',
      cache_write: 'fact.cache_write_tokens',
      output: 'fact.output_tokens',
      reasoning: 'fact.reasoning_tokens',
      cost_usd: 'fact.cost_usd',
    },
    lists: {
      durations_ms: "iif(fact.status = 'completed', (fact.duration_ns + 500000) / 1000000, NULL)",
      ttfts_ms: 'coalesce(fact.first_token_ms, fact.ttft_ms)',
    },
  },
  {
    table: 'hour_attempt',
    name: 'attempts',
    ...told('api_attempt', 'fact.at_ns'),
    keys: { model: "coalesce(fact.model, '')", kind: 'fact.kind', status: 'coalesce(fact.status_code, 0)' },
    sums: {
      attempts: '1',
      failed: 'fact.success = 0',
      retries: 'coalesce(fact.retry, 0)',
      final_failed: 'coalesce(fact.final, 0) = 1 AND fact.success = 0',
    },
    lists: {},
  },
  {
    table: 'hour_tool',
    name: 'tools',
    ...ofTools,
    keys: {
      tool: "coalesce(fact.tool, fact.span_tool, '')",
      mcp_server: "coalesce(fact.mcp_server, '')",
      role: 'fact.role',
    },
    sums: {
      finished: 'fact.at_ns IS NOT NULL',
      failed: 'fact.at_ns IS NOT NULL AND fact.success IS 0',
      non_zero: 'fact.at_ns IS NOT NULL AND fact.exit_code IS NOT NULL AND fact.exit_code <> 0',
      clean: 'fact.at_ns IS NOT NULL AND fact.success IS NOT 0 AND coalesce(fact.exit_code, 0) = 0',
      cancelled: 'fact.at_ns IS NULL AND fact.aborted IS 1',
    },
    lists: { runs_ms: 'fact.run_ms' },
  },
  {
    table: 'hour_command',
    name: 'commands',
    ...ofTools,
    keys: {
      command: `CASE WHEN fact.role <> 'call' THEN ''
        WHEN fact.mcp_server IS NOT NULL THEN fact.mcp_server || ' · ' || coalesce(fact.tool, fact.span_tool, '')
        WHEN fact.tool IN (${commandTools.map((tool) => `'${tool}'`).join(', ')}) AND fact.summary IS NOT NULL THEN command_name(fact.summary)
        ELSE coalesce(fact.tool, fact.span_tool, '') END`,
    },
    sums: {
      calls: "fact.at_ns IS NOT NULL AND fact.role = 'call'",
      failed: "fact.at_ns IS NOT NULL AND fact.role = 'call' AND fact.success IS 0",
      ran_ms: "iif(fact.role = 'call', coalesce(fact.run_ms, 0), 0)",
    },
    lists: {},
  },
  {
    table: 'hour_decision',
    name: 'decisions',
    ...told('decision', 'fact.at_ns'),
    keys: { decision: 'fact.decision', source: "lower(coalesce(fact.source, ''))" },
    sums: { decisions: '1' },
    lists: {},
  },
  {
    table: 'hour_turn',
    name: 'turns',
    ...told('turn', 'fact.start_ns'),
    keys: { state: 'fact.state' },
    sums: { turns: '1', failed_alone: 'fact.failed_alone' },
    lists: { durations_ms: '(fact.end_ns - fact.start_ns - fact.away_ns + 500000) / 1000000' },
  },
  {
    table: 'hour_prompt',
    name: 'prompts',
    ...told('prompt', 'fact.at_ns'),
    keys: {},
    sums: { prompts: '1' },
    lists: {},
  },
  {
    table: 'hour_share',
    name: 'shares',
    ...told('turn_share', 'fact.start_ns'),
    // Where nothing tells how long the model took, its time is in the rest, of which nothing is known then.
    keys: {
      share: `iif(fact.share = 'unaccounted' AND (SELECT ns FROM turn_share AS model
        WHERE model.session_id = fact.session_id AND model.number = fact.number AND model.share = 'model_wait') IS NULL,
        'unknown', fact.share)`,
    },
    sums: { ns: 'fact.ns' },
    lists: {},
  },
  {
    table: 'hour_app_call',
    name: 'app_call_sums',
    origin: ofApps,
    facts: 'genai_call AS fact',
    at: 'fact.start_ns',
    keys: {
      service: 'fact.service',
      language: "coalesce(fact.language, '')",
      model: "coalesce(fact.model, '')",
      provider: "coalesce(fact.provider, '')",
      finish_reasons: "coalesce(fact.finish_reasons, '[]')",
    },
    sums: {
      calls: '1',
      failed: "fact.status = 'failed'",
      unpriced: "fact.status = 'completed' AND fact.cost_usd IS NULL",
      unreported: "fact.status = 'completed' AND fact.input_tokens IS NULL",
      input: 'coalesce(fact.input_tokens, 0)',
      cached: 'coalesce(fact.cached_tokens, 0)',
      cacheable: 'iif(fact.cached_tokens IS NULL, 0, coalesce(fact.input_tokens, 0))',
      cache_write: 'coalesce(fact.cache_write_tokens, 0)',
      output: 'coalesce(fact.output_tokens, 0)',
      reasoning: 'coalesce(fact.reasoning_tokens, 0)',
      cost_usd: 'fact.cost_usd',
      reported_cost_usd: 'fact.reported_cost_usd',
    },
    lists: { durations_ms: "iif(fact.status = 'completed', (fact.duration_ns + 500000) / 1000000, NULL)" },
  },
  {
    table: 'hour_agent',
    name: 'agent_sums',
    origin: ofApps,
    facts: "(SELECT * FROM genai_step WHERE kind = 'agent') AS fact",
    at: 'fact.start_ns',
    keys: { agent: "coalesce(fact.name, '')", service: 'fact.service' },
    sums: { runs: '1', failed: "fact.status = 'failed'" },
    lists: { durations_ms: '(fact.duration_ns + 500000) / 1000000' },
  },
]

const hourNs = '3600000000000'
export const hourMs = 3_600_000

/** The dimension of the rows that sum up all of them: what is asked without filters reads a fraction of the rows. */
export const everyDimension = 0

/**
 * Fills the hour table anew for `@hour`, by dimension or for all of them together; the caller deletes what was there. `@from` and
 * `@to` are its bounds in nanoseconds.
 */
export function rollSql(source: Source, dimension: string): string {
  return summedSql(source, '@hour', dimension, '')
}

/** The same at once for all hours of `@hours`, a JSON array, by dimension; `@from` and `@to` are the bounds of them all. */
export function rollManySql(source: Source): string {
  const hour = `${source.at} / ${hourNs}`
  return summedSql(source, hour, source.origin.dimension, `AND ${hour} IN (SELECT value FROM json_each(@hours))`)
}

/** And then of all dimensions together. */
export function rollEverySql(source: Source): string {
  const hours = 'hour IN (SELECT value FROM json_each(@hours))'
  return addedSql(source, { hour: 'hour', dimension: String(everyDimension) }, hours, ['hour'])
}

function summedSql(source: Source, hour: string, dimension: string, narrowed: string): string {
  const { table, origin, facts, keys, sums, lists } = source
  const columns = [...Object.keys(keys), ...Object.keys(sums), ...Object.keys(lists)]
  const values = [
    ...Object.values(keys),
    ...Object.values(sums).map((value) => `sum(${value})`),
    ...Object.values(lists).map((value) => `pack(${value})`),
  ]
  const grouped = Object.keys(keys).map((_, i) => String(i + 3))
  return `INSERT INTO ${table} (hour, dimension, ${columns.join(', ')})
    SELECT ${hour}, ${dimension}, ${values.join(', ')}
    FROM ${origin.summed(facts)} ${narrowed}
    GROUP BY ${['1', '2', ...grouped].join(', ')}`
}

/** Where the sums of a day stand in the hour tables: no fact is of an hour before 1970. */
export const dayKey = (firstHour: number): number => -firstHour

/** Adds up the hours from `@first` until `@end` as the day `@day`, each dimension and all of them together. */
export function rollDaySql(source: Source): string {
  const hours = 'hour >= @first AND hour < @end'
  return addedSql(source, { hour: '@day', dimension: 'dimension' }, hours, ['dimension'])
}

/** Sums of sums: what has the same keys, and is the same `by` what. */
function addedSql(
  { table, keys, sums, lists }: Source,
  { hour, dimension }: { readonly hour: string; readonly dimension: string },
  condition: string,
  by: readonly string[],
): string {
  const [grouped, added, packed] = [Object.keys(keys), Object.keys(sums), Object.keys(lists)]
  const values = [...grouped, ...added.map((sum) => `sum(${sum})`), ...packed.map((list) => `pack(${list})`)]
  return `INSERT INTO ${table} (hour, dimension, ${[...grouped, ...added, ...packed].join(', ')})
    SELECT ${hour}, ${dimension}, ${values.join(', ')}
    FROM ${table} WHERE ${condition} GROUP BY ${[...by, ...grouped].join(', ')}`
}

/**
 * The source as a common table expression. Parameters: `:rolled`, a JSON array of the keys of sums, and `:raw`, one of [from, to) in nanoseconds;
 * `:dimensions` and `:rolledDimensions`, JSON arrays of ids of sessions and of sums, or the same narrowed by model; `:models`, a
 * JSON array or NULL; `:sessions`, ids of the only ones that count (sums are read of hours that are theirs alone), or NULL; `:longestNs`, longer than any session
 * lasts, so that a piece of the range looks at the sessions around it alone.
 */
export function sourceSql(source: Source): string {
  const { name, table, keys, sums, lists } = source
  const rolled = ['abs(hour) * 3600000 AS at_ms', 'dimension', ...Object.keys({ ...keys, ...sums, ...lists })]
  const allowed = keys['model'] === undefined ? ':rolledModelDimensions' : ':rolledDimensions'
  return `${name} AS (
  SELECT ${rolled.join(', ')}
  FROM rolled CROSS JOIN ${table} ON hour = rolled.key
  -- A look for each of a thousand dimensions would cost more than to pass over those that are not meant.
  WHERE dimension BETWEEN (SELECT min(value) FROM json_each(${allowed})) AND (SELECT max(value) FROM json_each(${allowed}))
    AND +dimension IN (SELECT value FROM json_each(${allowed}))${keys['model'] === undefined ? '' : among('model', 'models')}
  UNION ALL
  ${rawSql(source, { at_ms: `${source.at} / 1000000`, dimension: source.origin.shown })}
)`
}

/** The facts of a range as they are: the same columns with one fact a row, after `first`, which may name `fact` and, of Codex, `session`. */
export function rawSql({ origin, facts, keys, sums, lists }: Source, first: Readonly<Record<string, string>>): string {
  const columns = Object.entries({ ...first, ...keys, ...sums, ...lists }).map(
    ([column, value]) => `${value} AS ${column}`,
  )
  return `SELECT ${columns.join(', ')}
  FROM raw CROSS JOIN ${origin.filtered(facts, keys['model'])}`
}

/** A series' labels are pairs of name and value. */
const amongLabels = (label: string, parameter: string): string =>
  among(`coalesce((SELECT value ->> 1 FROM json_each(labels) WHERE value ->> 0 = '${label}'), '')`, parameter)

/** The ranges that the sources read, and the sessions themselves. */
export const commonSql = `
rolled AS (SELECT value AS key FROM json_each(:rolled)),
raw AS (SELECT value ->> 0 AS first, value ->> 1 AS end FROM json_each(:raw)),
sessions AS (
  SELECT session.*, first_ns / 1000000 AS at_ms, first_ns >= :fromNs AS started, (last_ns - first_ns) / 1000000 AS wall_ms,
    (busy_ns + coalesce(max(0, last_ns - open_since_ns), 0)) / 1000000 AS busy_ms
  FROM session INDEXED BY session_last
  WHERE last_ns >= :fromNs AND first_ns < :toNs AND dimension IN (SELECT value FROM json_each(:modelDimensions))${among('id', 'sessions')}
),
metrics AS (
  SELECT name, service, labels, minute * 60000 AS at_ms, count, sum, min, max
  FROM metric_series CROSS JOIN metric_minute ON metric_minute.series = metric_series.id
    AND minute >= :fromMinute AND minute < :toMinute
  -- They name no session.
  WHERE :sessions IS NULL${amongLabels('model', 'models')}${amongLabels('originator', 'originators')}${amongLabels('app.version', 'versions')}
)`

export const hourNanoseconds = BigInt(hourNs)
