import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import {
  differencesOf,
  figuresOfSummaries,
  sideBySide,
  statistics,
  type Figure,
  type MeasuredCall,
} from '../../model/ledger/compare.ts'
import type { SessionSummary } from '../../model/session/summary.ts'
import type { Db } from '../store/database.ts'
import { ledgerResult, loadLedger } from './ledger.ts'
import type { LogReader } from './logs-read.ts'
import { findSession } from './session-list.ts'

type Ledger = Value<'session.ledger'>

interface Side {
  readonly summary: SessionSummary
  readonly ledger: Ledger
  readonly prompts: readonly (string | null)[]
  readonly tools: ReturnType<typeof statistics>
  readonly models: ReturnType<typeof statistics>
}

/** Two sessions side by side. Turns are matched by their order, whatever their prompts say. */
export function compareSessions(
  db: Db,
  logs: LogReader,
  params: ParsedParams<'session.compare'>,
  silenceMs: number,
): Value<'session.compare'> {
  const a = readSide(db, logs, params.a, silenceMs)
  const b = readSide(db, logs, params.b, silenceMs)
  const tools = sideBySide(a.tools, b.tools)
  const models = sideBySide(a.models, b.models)
  const turns = Array.from({ length: Math.max(a.ledger.turns.length, b.ledger.turns.length) }, (_, i) => ({
    a: turnOf(a, i),
    b: turnOf(b, i),
  }))
  const figures: Figure[] = [
    ...figuresOfSummaries(a.summary, b.summary),
    ...a.ledger.shares.map(({ kind, ms }, i) => ({
      name: `share ${kind}`,
      unit: 'ms' as const,
      a: ms,
      b: b.ledger.shares[i]?.ms ?? null,
    })),
    ...tools.map(({ name, a: one, b: other }) => ofTool(name, one, other)),
  ]
  return { a: shown(a), b: shown(b), tools, models, turns, differences: differencesOf(figures) }
}

function ofTool(name: string, a: { totalMs: number | null } | null, b: { totalMs: number | null } | null): Figure {
  // A tool that one side never called took it no time; one whose time is not known is not compared.
  return { name: `tool ${name}`, unit: 'ms', a: a === null ? 0 : a.totalMs, b: b === null ? 0 : b.totalMs }
}

function shown({ summary, ledger }: Side): Value<'session.compare'>['a'] {
  const { startMs, wallMs, live, shares } = ledger
  return { summary, ledger: { startMs, wallMs, live, shares } }
}

function turnOf({ ledger, prompts }: Side, index: number): Value<'session.compare'>['turns'][number]['a'] {
  const turn = ledger.turns[index]
  return turn === undefined ? null : { prompt: prompts[index] ?? null, ledger: turn }
}

function readSide(db: Db, logs: LogReader, id: string, silenceMs: number): Side {
  const summary = findSession(db, id, silenceMs)
  if (summary === null) throw new ProcedureError('not_found', `no session ${id}`)
  const loaded = loadLedger(db, logs, id, silenceMs)
  return {
    summary,
    ledger: ledgerResult(loaded),
    prompts: loaded.session.turns.map(({ prompt }) => prompt?.slice(0, 300) ?? null),
    tools: statistics(toolCalls(db, id)),
    models: statistics(modelCalls(db, id)),
  }
}

function toolCalls(db: Db, id: string): MeasuredCall[] {
  return db
    .prepare<[string], { name: string; ms: number | null; failed: number }>(
      `SELECT coalesce(history, tool, span_tool, 'tool_call') AS name, run_ms AS ms,
         coalesce(success = 0, 0) OR coalesce(exit_code <> 0, 0) AS failed
       FROM tool_call WHERE session_id = ? AND role = 'call'`,
    )
    .all(id)
    .map((call) => ({ ...call, failed: call.failed === 1 }))
}

function modelCalls(db: Db, id: string): MeasuredCall[] {
  return db
    .prepare<[string], { name: string; ms: number | null; failed: number }>(
      `SELECT coalesce(model, 'unknown model') AS name, duration_ns / 1e6 AS ms, status = 'failed' AS failed
       FROM api_call WHERE session_id = ?`,
    )
    .all(id)
    .map((call) => ({ ...call, failed: call.failed === 1 }))
}
