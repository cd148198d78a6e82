import { stateOf } from '../../model/session/state.ts'
import type { SessionSummary } from '../../model/session/summary.ts'

/** A session's own row, by the names of the page. */
export interface SessionRow {
  id: string
  kind: SessionSummary['kind']
  parentId: string | null
  endState: string
  title: string | null
  firstMs: number
  lastMs: number
  busyMs: number
  openSinceMs: number | null
  models: string
  model: string | null
  effort: string | null
  prompts: number
  turns: number
  apiCalls: number
  failedApiCalls: number
  retries: number
  toolCalls: number
  failedToolCalls: number
  wrapperCalls: number
  nonZeroExits: number
  cancelledToolCalls: number
  errors: number
  input: number
  cached: number
  cacheWrite: number
  output: number
  reasoning: number
  costUsd: number | null
  unpricedCalls: number
  unreportedCalls: number
  reportedCostUsd: number | null
  user: string | null
  host: string | null
  originator: string | null
  terminal: string | null
  environment: string | null
  appVersion: string | null
  service: string | null
  folder: string | null
  approvalPolicy: string | null
  sandboxPolicy: string | null
}

/** As every store of facts has them: divisions make milliseconds, with fractions, of nanoseconds. */
export const summaryColumns = `
  id, kind, parent_id AS parentId, end_state AS endState, title, first_ns / 1e6 AS firstMs, last_ns / 1e6 AS lastMs,
  busy_ns / 1e6 AS busyMs, open_since_ns / 1e6 AS openSinceMs, models, model, effort, prompts, turns,
  api_calls AS apiCalls, failed_api_calls AS failedApiCalls, retries, tool_calls AS toolCalls,
  failed_tool_calls AS failedToolCalls, wrapper_calls AS wrapperCalls, non_zero_exits AS nonZeroExits,
  cancelled_tool_calls AS cancelledToolCalls, errors, input_tokens AS input, cached_tokens AS cached,
  cache_write_tokens AS cacheWrite, output_tokens AS output, reasoning_tokens AS reasoning,
  cost_usd AS costUsd, unpriced_calls AS unpricedCalls, unreported_calls AS unreportedCalls,
  reported_cost_usd AS reportedCostUsd, user, host, originator, terminal, environment, app_version AS appVersion,
  service, folder, approval_policy AS approvalPolicy, sandbox_policy AS sandboxPolicy`

type Told = Omit<SessionSummary, 'repository' | 'branch' | 'commit' | 'byUser' | 'witness' | 'sample' | 'differences'>

/** What the row says at a moment. */
export function summaryOf(row: SessionRow, nowMs: number, silenceMs: number): Told {
  const { endState, firstMs, lastMs, busyMs, openSinceMs, input, cached, cacheWrite, output, reasoning, ...same } = row
  const state = stateOf(endState, lastMs, nowMs, silenceMs)
  // What is under way goes on until now; what was lost, until it was last heard of.
  const until = state === 'live' ? Math.max(lastMs, nowMs) : lastMs
  return {
    ...same,
    state,
    startedAtMs: firstMs,
    lastSeenAtMs: lastMs,
    wallMs: Math.max(0, until - firstMs),
    busyMs: busyMs + (openSinceMs === null ? 0 : Math.max(0, until - openSinceMs)),
    models: JSON.parse(row.models) as string[],
    tokens: { input, cached, cacheWrite, output, reasoning },
  }
}
