import type { FactSource } from '../../model/panels/behind.ts'
import { rawSql, sources } from './sources.ts'

/** What stands in a list for one fact: SQL over `fact` and `session`, or over the columns of a source that is not summed up. */
interface FactRow {
  readonly kind: 'response' | 'request' | 'tool' | 'decision' | 'turn' | 'prompt' | 'session' | 'app'
  readonly what: string
  readonly detail: string
  /** Where it is in its session, as far as it has such a place. */
  readonly call?: string
  readonly turn?: string
  readonly span?: true
}

const tool =
  "coalesce(iif(fact.mcp_server IS NULL, '', fact.mcp_server || ' · ') || coalesce(fact.tool, fact.span_tool), 'tool')"

const rows: Readonly<Record<FactSource, FactRow>> = {
  calls: {
    kind: 'response',
    what: "coalesce(fact.model, 'response')",
    detail: "coalesce(fact.error, fact.effort, '')",
  },
  attempts: {
    kind: 'request',
    what: 'coalesce(fact.endpoint, fact.kind)',
    // A refusal's own words often begin with its status.
    detail: `trim(iif(fact.error LIKE 'http ' || fact.status_code || '%', substr(fact.error, 6),
      coalesce(fact.status_code, '') || coalesce(' ' || fact.error, '')) || iif(fact.attempt > 0, ' · attempt ' || (fact.attempt + 1), ''))`,
  },
  tools: { kind: 'tool', what: tool, detail: "coalesce(fact.summary, '')", call: 'fact.call_id' },
  commands: { kind: 'tool', what: tool, detail: "coalesce(fact.summary, '')", call: 'fact.call_id' },
  decisions: {
    kind: 'decision',
    what: "coalesce(fact.tool, 'tool')",
    detail: "replace(fact.decision, '_', ' ') || coalesce(' by ' || fact.source, '')",
    call: 'fact.call_id',
  },
  turns: { kind: 'turn', what: "'turn ' || fact.number", detail: 'fact.state', turn: 'fact.number' },
  shares: { kind: 'turn', what: "'turn ' || fact.number", detail: "''", turn: 'fact.number' },
  prompts: { kind: 'prompt', what: "'prompt'", detail: "coalesce(fact.text, '')" },
  sessions: { kind: 'session', what: "coalesce(originator, '')", detail: "coalesce(folder, '')" },
  app_calls: { kind: 'app', what: 'coalesce(model, operation)', detail: "coalesce(error_type, '')", span: true },
  app_steps: { kind: 'app', what: 'coalesce(name, kind)', detail: "coalesce(error_type, '')", span: true },
}

/** `facts_NAME`: the facts of a source, one a row, with its columns and what a list shows of each. */
export function factsSql(from: FactSource): string {
  const source = sources.find(({ name }) => name === from)
  const { kind, what, detail, call = 'NULL', turn = 'NULL', span } = rows[from]
  const shown = {
    fact_kind: `'${kind}'`,
    fact_what: what,
    fact_detail: detail,
    fact_call: call,
    fact_turn: turn,
    fact_trace: span ? 'trace_id' : 'NULL',
    fact_span: span ? 'span_id' : 'NULL',
  }
  if (source !== undefined)
    return `facts_${from} AS (
  ${rawSql(source, { ...shown, at_ms: `${source.at} / 1000000`, fact_ns: source.at, fact_session: 'session.id', fact_dimension: 'session.dimension' })}
)`
  const ofSession = from === 'sessions'
  const columns = {
    ...shown,
    fact_ns: ofSession ? 'first_ns' : 'start_ns',
    fact_session: ofSession ? 'id' : 'session_id',
    fact_dimension: ofSession ? 'dimension' : 'NULL',
  }
  return `facts_${from} AS (
  SELECT ${Object.entries(columns)
    .map(([column, value]) => `${value} AS ${column}`)
    .join(', ')}, ${from}.* FROM ${from}
)`
}
