import { isPassed } from '../../model/alerts/budget.ts'
import type { Breach, Cause, Watched } from '../../model/alerts/rule.ts'
import { sessionName } from '../../model/session/name.ts'
import { amount, minutes } from '../../model/alerts/words.ts'
import { bindingsOf, statementOf } from '../panels/statement.ts'
import { calledFrom } from '../queries/called.ts'
import type { Db } from '../store/database.ts'
import { digest } from './digest.ts'
import { periodStart } from './periods.ts'

type Of<K extends Watched['kind']> = Extract<Watched, { kind: K }>

const hourMs = 3_600_000
const minuteMs = 60_000
/** What ended longer ago than this is no news. */
const newsMs = hourMs

/** In what ways something that is watched is not as it should be at a moment. Reads sums where it can; a few milliseconds. */
export function breachesOf(db: Db, watched: Watched, nowMs: number): readonly Breach[] {
  switch (watched.kind) {
    case 'budget':
      return budget(db, watched, nowMs)
    case 'burn-rate':
      return burnRate(db, watched, nowMs)
    case 'session-duration':
      return longSessions(db, watched, nowMs)
    case 'tool-success':
      return toolSuccess(db, watched, nowMs)
    case 'api-errors':
      return apiErrors(db, watched, nowMs)
    case 'approval-wait':
      return waiting(db, watched, nowMs)
    case 'digest':
      return digest(db, nowMs)
  }
}

/** A SELECT over the sources of panels, for Codex with its helpers. */
function ask<Row>(db: Db, sql: string, fromMs: number, toMs: number): Row {
  const filters = { helpers: true }
  return db
    .prepare(statementOf({ sql }))
    .get(bindingsOf(db, { dashboard: 'codex', sql }, { fromMs, toMs, filters }, { cuts: [], silenceMs: 0 })) as Row
}

function spent(db: Db, measure: 'usd' | 'tokens', fromMs: number, toMs: number): number {
  const sum = measure === 'usd' ? 'sum(cost_usd)' : 'sum(input + output)'
  return ask<{ spent: number | null }>(db, `SELECT ${sum} AS spent FROM calls`, fromMs, toMs).spent ?? 0
}

function over(panel: string, fromMs: number, toMs: number): Cause {
  return { sessionId: null, callId: null, panel, fromMs, toMs }
}

function budget(db: Db, { measure, per, limit }: Of<'budget'>, nowMs: number): readonly Breach[] {
  const fromMs = periodStart(per, nowMs)
  const value = spent(db, measure, fromMs, nowMs + 1)
  if (!isPassed(value, limit)) return []
  const words = `${amount(measure, value)} ${per === 'day' ? 'today' : `this ${per}`}, over the budget of ${amount(measure, limit)}`
  const panel = measure === 'usd' ? 'cost-total' : 'tokens-total'
  return [{ key: String(fromMs), lasts: true, again: false, value, words, cause: over(panel, fromMs, nowMs) }]
}

function burnRate(db: Db, { measure, limit, overMinutes }: Of<'burn-rate'>, nowMs: number): readonly Breach[] {
  const fromMs = nowMs - overMinutes * minuteMs
  const sum = spent(db, measure, fromMs, nowMs + 1)
  const value = measure === 'usd' ? (sum * 60) / overMinutes : sum / overMinutes
  if (value <= limit) return []
  const words = `${amount(measure, value)} ${measure === 'usd' ? 'an hour' : 'a minute'} over the last ${overMinutes} minutes, limit ${amount(measure, limit)}`
  return [{ key: 'now', lasts: true, again: true, value, words, cause: over('burn-rate', fromMs, nowMs) }]
}

function longSessions(db: Db, { minutes: limit }: Of<'session-duration'>, nowMs: number): readonly Breach[] {
  const rows = db
    .prepare<object, { id: string; firstMs: number; busyMs: number }>(
      `SELECT id, first_ns / 1e6 AS firstMs,
         (busy_ns + iif(open_since_ns IS NULL, 0, max(0, min(@now, last_ns + 60000000000) - open_since_ns))) / 1e6 AS busyMs
       FROM session WHERE kind = 'user' AND last_ns >= @since`,
    )
    .all({ now: BigInt(nowMs) * 1_000_000n, since: BigInt(nowMs - newsMs) * 1_000_000n })
  const nameOf = namesFrom(db)
  return rows
    .filter(({ busyMs }) => busyMs > limit * minuteMs)
    .map(({ id, firstMs, busyMs }) => ({
      key: id,
      lasts: false,
      again: false,
      value: busyMs / minuteMs,
      words: `${nameOf(id)} has worked for more than ${minutes(limit)}`,
      cause: { sessionId: id, callId: null, panel: null, fromMs: firstMs, toMs: nowMs },
    }))
}

function toolSuccess(db: Db, { underPercent, leastCalls }: Of<'tool-success'>, nowMs: number): readonly Breach[] {
  const fromMs = nowMs - hourMs
  const sql = "SELECT sum(finished) AS calls, sum(failed) AS failed FROM tools WHERE role = 'call'"
  const { calls, failed } = ask<{ calls: number | null; failed: number | null }>(db, sql, fromMs, nowMs + 1)
  if (calls === null || calls < leastCalls) return []
  const value = (1 - (failed ?? 0) / calls) * 100
  if (value >= underPercent) return []
  const words = `${failed} of ${calls} tool calls failed in the last hour: ${value.toFixed(0)} % succeeded, limit ${underPercent} %`
  return [{ key: 'now', lasts: true, again: true, value, words, cause: over('tool-success-rate', fromMs, nowMs) }]
}

function apiErrors(db: Db, { overPercent, leastCalls }: Of<'api-errors'>, nowMs: number): readonly Breach[] {
  const fromMs = nowMs - hourMs
  const sql = `SELECT (SELECT coalesce(sum(completed), 0) FROM calls) AS completed,
    (SELECT coalesce(sum(broken), 0) FROM calls) + (SELECT coalesce(sum(final_failed), 0) FROM attempts)
      + (SELECT coalesce(sum(failed_alone), 0) FROM turns) AS failed`
  const { completed, failed } = ask<{ completed: number; failed: number }>(db, sql, fromMs, nowMs + 1)
  const calls = completed + failed
  if (calls < leastCalls || calls === 0) return []
  const value = (failed / calls) * 100
  if (value <= overPercent) return []
  const words = `${failed} of ${calls} model calls failed in the last hour: ${value.toFixed(0)} %, limit ${overPercent} %`
  return [{ key: 'now', lasts: true, again: true, value, words, cause: over('api-errors', fromMs, nowMs) }]
}

/**
 * Codex says nothing of an approval before it is answered. What took the user too long is known when the answer arrives; before that,
 * an open turn of a session that asks for approvals, silent since a response that was completed, most probably waits for one.
 */
function waiting(db: Db, { minutes: limit }: Of<'approval-wait'>, nowMs: number): readonly Breach[] {
  const bound = {
    limitMs: Math.round(limit * minuteMs),
    now: BigInt(nowMs) * 1_000_000n,
    since: BigInt(nowMs - newsMs) * 1_000_000n,
    quietSince: BigInt(Math.round(nowMs - limit * minuteMs)) * 1_000_000n,
    forgotten: BigInt(Math.round(nowMs - limit * minuteMs - newsMs)) * 1_000_000n,
  }
  const answered = db
    .prepare<object, { sessionId: string; callId: string; tool: string | null; endMs: number; waitedMs: number }>(
      `SELECT session.id AS sessionId, tool_call.call_id AS callId, coalesce(tool, span_tool) AS tool,
         tool_call.at_ns / 1e6 AS endMs, duration_ms - run_ms AS waitedMs
       FROM session JOIN tool_call ON tool_call.session_id = session.id
       WHERE session.last_ns >= @since AND tool_call.at_ns >= @since AND duration_ms - run_ms > @limitMs
         AND EXISTS (SELECT 1 FROM decision WHERE decision.session_id = session.id AND decision.call_id = tool_call.call_id
           AND lower(decision.source) = 'user')`,
    )
    .all(bound)
  const silent = db
    .prepare<object, { sessionId: string; lastMs: number; openNs: bigint }>(
      `SELECT id AS sessionId, last_ns / 1e6 AS lastMs, CAST(last_ns AS TEXT) AS openNs FROM session
       WHERE kind = 'user' AND open_since_ns IS NOT NULL AND coalesce(approval_policy, '') <> 'never'
         AND last_ns < @quietSince AND last_ns >= @forgotten
         AND EXISTS (SELECT 1 FROM api_call WHERE session_id = session.id AND status = 'completed' AND at_ns >= open_since_ns)`,
    )
    .all(bound)
  const nameOf = namesFrom(db)
  return [
    ...answered.map(({ sessionId, callId, tool, endMs, waitedMs }) => ({
      key: `${sessionId} ${callId}`,
      lasts: false,
      again: false,
      value: waitedMs / minuteMs,
      words: `${tool ?? 'A command'} waited ${minutes(waitedMs / minuteMs)} for your answer`,
      cause: { sessionId, callId, panel: null, fromMs: endMs - waitedMs, toMs: endMs },
    })),
    ...silent.map(({ sessionId, lastMs, openNs }) => ({
      key: `${sessionId} silent ${openNs}`,
      lasts: true,
      again: true,
      value: (nowMs - lastMs) / minuteMs,
      words: `${nameOf(sessionId)} has sent nothing for more than ${minutes(limit)}: it is probably waiting for your answer`,
      cause: { sessionId, callId: null, panel: null, fromMs: lastMs, toMs: nowMs },
    })),
  ]
}

function namesFrom(db: Db): (id: string) => string {
  const calledOf = calledFrom(db)
  return (id) => sessionName({ id, ...calledOf(id) })
}
