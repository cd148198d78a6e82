/** Whose facts a source sums up: where they are found, and how filters narrow them. */
export interface Origin {
  /** The combination of filterable values under which a fact is summed up. */
  readonly dimension: string
  /** Names the combinations of the facts between `@from` and `@to`, where they are not those of sessions, which settling names. */
  readonly naming?: (facts: string) => string
  /** What is summed up between `@from` and `@to`. */
  readonly summed: (facts: string) => string
  /** The facts of the ranges of `raw` that the filters let through, and the dimension that panels see. */
  readonly filtered: (facts: string, model: string | undefined) => string
  readonly shown: string
}

export const among = (column: string, parameter: string): string =>
  `\n    AND (:${parameter} IS NULL OR ${column} IN (SELECT value FROM json_each(:${parameter})))`

const within = (facts: string): string => facts.replaceAll('@from', 'raw.first').replaceAll('@to', 'raw.end')

/** `facts` is a join to `session`, by which they are found and narrowed. */
export const ofSessions: Origin = {
  dimension: 'session.dimension',
  summed: (facts) => `session INDEXED BY session_last ${facts}
    WHERE session.last_ns >= @from AND session.first_ns < @to AND session.dimension IS NOT NULL`,
  // A model narrows facts that name one by their own, all others by their sessions.
  filtered: (
    facts,
    model,
  ) => `session INDEXED BY session_last ON session.last_ns >= raw.first AND session.last_ns < raw.end + :longestNs
    AND session.first_ns < raw.end
  ${within(facts)}
  WHERE session.dimension IN (SELECT value FROM json_each(${model === undefined ? ':modelDimensions' : ':dimensions'}))${among('session.id', 'sessions')}${model === undefined ? '' : among(model, 'models')}`,
  shown: 'session.dimension',
}

/** What applications other than Codex never say: neither has an originator nor a folder. */
const unsaid = ['originators', 'projects', 'terminals'].map((parameter) => among("''", parameter)).join('')

export const appFilters = [
  among("coalesce(environment, '')", 'environments'),
  among('service', 'services'),
  among("coalesce(user, '')", 'users'),
  among("coalesce(version, '')", 'versions'),
  among('session_id', 'sessions'),
  unsaid,
].join('')

const said = [
  "'app'",
  'fact.service',
  "coalesce(fact.environment, '')",
  "''",
  "''",
  "coalesce(fact.user, '')",
  "''",
  "coalesce(fact.version, '')",
  "'[]'",
].join(', ')
const combination = 'kind, service, environment, originator, terminal, user, project, app_version, models'

/** `facts` is a table that is clustered by time. In one session, as a trace is, services may meet, so each fact is filtered by what it says itself. */
export const ofApps: Origin = {
  dimension: `(SELECT id FROM dimension WHERE (${combination}) = (${said}))`,
  naming: (facts) => `INSERT INTO dimension (${combination})
    SELECT DISTINCT ${said} FROM ${facts} WHERE start_ns >= @from AND start_ns < @to ON CONFLICT DO NOTHING`,
  summed: (facts) => `${facts} WHERE start_ns >= @from AND start_ns < @to`,
  // What names no model is of none that could be asked for.
  filtered: (facts, model = "''") =>
    `${facts} ON start_ns >= raw.first AND start_ns < raw.end${appFilters}${among(model, 'models')}`,
  shown: 'NULL',
}
